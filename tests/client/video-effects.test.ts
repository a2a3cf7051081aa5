import { onlineManager, QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type ActorRefFrom, waitFor } from 'xstate'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { createWorkspace } from '#client/features/videos/videos.actors.ts'
import type { Link, MediaPick, Video } from '#contract/videos.ts'
import type { VideoEvent, VideoTag, videoMachine } from '#machines/video.machine.ts'
import { fakeServer, problemAnswer } from './fake-server.ts'
import { answerWith, chapterId, doneLine, problemWith, videoOf } from './link-answers.ts'

// A page that paints nothing at the moment links without waiting for a frame.
beforeEach(() => {
  vi.stubGlobal('document', { visibilityState: 'hidden' })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const row: Video = { ...videoOf(1), filename: 'Base.mp4', version: 3 }
const { queryKey } = videosQuery(chapterId)

/** A chapter of a workspace on its real effects, whose list the server gave as `rows`. */
function openChapter(rows: Video[]) {
  const queryClient = new QueryClient()
  queryClient.setQueryData(queryKey, { videos: rows, askedAt: 0 })
  const workspace = createWorkspace(queryClient)
  workspace.send({ type: 'chapter.open', chapterId })
  const chapter = workspace.getSnapshot().children[chapterId]
  if (!chapter) throw new Error('The workspace opened no chapter')
  return {
    workspace,
    chapter,
    tell: (...commands: VideoEvent[]) => {
      for (const command of commands) chapter.send({ type: 'video.act', video: row, command })
    },
    // The machine's types can't tell the one child with a fixed id from the many.
    video: () => chapter.getSnapshot().children[row.id] as ActorRefFrom<typeof videoMachine>,
    list: () => queryClient.getQueryData(queryKey)?.videos,
    isOutdated: () => queryClient.getQueryState(queryKey)?.isInvalidated,
  }
}

const quiet = (video: ActorRefFrom<typeof videoMachine>) =>
  waitFor(video, (snapshot) =>
    (['optimistic', 'linking', 'waiting', 'saving'] satisfies VideoTag[]).every(
      (tag) => !snapshot.hasTag(tag),
    ),
  )

describe('saving a name', () => {
  async function rename(...answers: Parameters<typeof fakeServer>) {
    const server = fakeServer(...answers)
    const { tell, ...chapter } = openChapter([row])
    tell(
      { type: 'video.edit', base: { filename: row.filename, version: row.version } },
      { type: 'video.rename', filename: 'Mine.mp4' },
    )
    const snapshot = await quiet(chapter.video())
    return { ...server, ...chapter, tell, snapshot }
  }

  const patch = (version: number, filename = 'Mine.mp4') => ({
    method: 'PATCH',
    address: `/api/videos/${row.id}`,
    ifMatch: `"${version}"`,
    contentType: 'application/json',
    body: { filename },
  })
  const mismatch = (video: Video) => problemAnswer({ ...problemWith(412), video })

  const moved: Video = { ...row, position: 'a5', version: 4 }
  const saved: Video = { ...row, filename: 'Mine.mp4', version: 4 }
  const renamed: Video = { ...row, filename: 'Theirs.mp4', version: 4 }

  test('keeps the row that the server answers', async () => {
    const { sent, snapshot, list } = await rename(Response.json(saved))
    expect(sent).toEqual([patch(3)])
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'viewing' })
    expect(snapshot.context).toMatchObject({
      filename: 'Mine.mp4',
      version: 4,
      pendingFilename: null,
    })
    expect(list()).toEqual([saved])
  })

  test('goes on over a move, which is no conflict', async () => {
    const movedAndSaved = { ...moved, filename: 'Mine.mp4', version: 5 }
    const { sent, snapshot, list } = await rename(mismatch(moved), Response.json(movedAndSaved))
    expect(sent).toEqual([patch(3), patch(4)])
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'viewing' })
    expect(list()).toEqual([movedAndSaved])
  })

  test('is done when an earlier try had arrived', async () => {
    const { sent, snapshot, list } = await rename(mismatch(saved))
    expect(sent).toEqual([patch(3)])
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'viewing' })
    expect(snapshot.context).toMatchObject({ filename: 'Mine.mp4', version: 4 })
    expect(list()).toEqual([saved])
  })

  test('goes on over an earlier name of ours that had arrived', async () => {
    const { sent, tell, video } = await rename(
      new TypeError('Failed to fetch'),
      mismatch(saved),
      Response.json({ ...saved, filename: 'Mine too.mp4', version: 5 }),
    )
    tell(
      { type: 'video.edit', base: { filename: row.filename, version: row.version } },
      { type: 'video.rename', filename: 'Mine too.mp4' },
    )
    const snapshot = await quiet(video())
    expect(sent).toEqual([patch(3), patch(3, 'Mine too.mp4'), patch(4, 'Mine too.mp4')])
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'viewing' })
    expect(snapshot.context).toMatchObject({ filename: 'Mine too.mp4', version: 5 })
  })

  test('asks which name stays when somebody else renamed it', async () => {
    const { sent, snapshot, list } = await rename(mismatch(renamed))
    expect(sent).toEqual([patch(3)])
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'conflict' })
    expect(snapshot.context).toMatchObject({
      pendingFilename: 'Mine.mp4',
      theirs: { filename: 'Theirs.mp4', version: 4 },
    })
    expect(list()).toEqual([renamed])
  })

  test('that is refused has the list asked for again, which may lack the video by now', async () => {
    const { snapshot, isOutdated } = await rename(problemAnswer(problemWith(410)))
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'unsaved' })
    expect(isOutdated()).toBe(true)
  })

  test('over theirs is sent with their version', async () => {
    const { sent, tell, video } = await rename(
      mismatch(renamed),
      Response.json({ ...saved, version: 5 }),
    )
    tell({ type: 'rename.keepMine' })
    expect((await quiet(video())).value).toEqual({ link: 'linked', filename: 'viewing' })
    expect(sent).toEqual([patch(3), patch(4)])
  })

  test.each([
    ['a refusal', problemAnswer(problemWith(400)), problemWith(400)],
    ['a mismatch that does not tell the row', problemAnswer(problemWith(412)), problemWith(412)],
    ['a crash', problemAnswer(problemWith(500)), null],
    ['a cut connection', new TypeError('Failed to fetch'), null],
    ['a success that can’t be read', new Response('{"id":', { status: 200 }), null],
  ])('keeps the name after %s', async (_kind, answer, renameProblem) => {
    const { snapshot, list } = await rename(answer)
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'unsaved' })
    expect(snapshot.context).toMatchObject({ pendingFilename: 'Mine.mp4', renameProblem })
    expect(list()).toEqual([row])
  })
})

describe('removing and restoring', () => {
  const remove = { method: 'DELETE', address: `/api/videos/${row.id}` }
  const restore = { method: 'POST', address: `/api/videos/${row.id}/restore` }
  const removed = () => new Response(null, { status: 204 })

  async function removeAndRestore(...answers: Parameters<typeof fakeServer>) {
    const server = fakeServer(removed, ...answers)
    const { tell, video, list } = openChapter([row])
    tell({ type: 'video.remove' })
    await waitFor(video(), (snapshot) => snapshot.matches({ link: 'removed' }))
    const listAfterRemoval = list()
    tell({ type: 'video.restore' })
    const snapshot = await quiet(video())
    return { ...server, listAfterRemoval, list, snapshot }
  }

  test('takes the row out of the list and puts it back as the server has it', async () => {
    const back = { ...row, version: 5 }
    const { sent, listAfterRemoval, list, snapshot } = await removeAndRestore(Response.json(back))
    expect(sent).toEqual([remove, restore])
    expect([listAfterRemoval, list()]).toEqual([[], [back]])
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'viewing' })
  })

  test('links anew what the server never had', async () => {
    const { mediaId, filename, position, id } = row
    const again = { ...row, version: 1 }
    const { sent, list, snapshot } = await removeAndRestore(
      new Response(null, { status: 204 }),
      answerWith(JSON.stringify({ id: row.id, status: 201, video: again }), doneLine),
    )
    expect(sent).toEqual([
      remove,
      restore,
      {
        method: 'POST',
        address: `/api/chapters/${chapterId}/videos/batch`,
        contentType: 'application/json',
        body: { videos: [{ id, mediaId, filename, position }] },
      },
    ])
    expect(list()).toEqual([again])
    expect(snapshot.value).toEqual({ link: 'linked', filename: 'viewing' })
  })

  test('fails when the asset was linked anew meanwhile', async () => {
    const { snapshot, list } = await removeAndRestore(problemAnswer(problemWith(409)))
    expect(snapshot.value).toEqual({ link: 'failed', filename: 'viewing' })
    expect(snapshot.context.problem).toEqual(problemWith(409))
    expect(list()).toEqual([])
  })
})

describe('adding', () => {
  const picks: MediaPick[] = [1, 2, 3].map((number) => {
    const { mediaId, filename, durationSeconds } = videoOf(number)
    return { mediaId, filename, durationSeconds }
  })

  /** Links what it is asked to, but for the second of a batch, which it refuses. */
  const linkAllButSecond = ({ body }: { body?: unknown }) => {
    // What the page sent is asserted after it has been answered.
    const { videos } = body as { videos: Link[] }
    return answerWith(
      ...videos.map((link, index) =>
        JSON.stringify(
          index === 1
            ? { id: link.id, status: 409, problem: problemWith(409) }
            : {
                id: link.id,
                status: 201,
                video: { ...link, chapterId, version: 1, durationSeconds: index + 1 },
              },
        ),
      ),
      doneLine,
    )
  }

  test('gives picks ids and places in their order, after the last, and links them in one request', async () => {
    const { sent } = fakeServer(linkAllButSecond)
    const { chapter, list } = openChapter([row])
    chapter.send({ type: 'videos.add', picks, after: row.position })
    const { placed } = chapter.getSnapshot().context
    expect(placed).toEqual(
      picks.map((pick, index) => ({
        ...pick,
        id: placed[index]?.id,
        position: placed[index]?.position,
        chapterId,
        version: 0,
        revision: 0,
        linkSent: true,
      })),
    )
    expect(sent, 'the links do not wait for their actors').toHaveLength(1)
    const positions = [row.position, ...placed.map(({ position }) => position)]
    expect(positions).toEqual([...new Set(positions)].sort())
    expect(new Set(placed.map(({ id }) => id)).size).toBe(3)

    await waitFor(chapter, (snapshot) => snapshot.matches('settled'))
    expect(sent).toEqual([
      {
        method: 'POST',
        address: `/api/chapters/${chapterId}/videos/batch`,
        contentType: 'application/json',
        body: {
          videos: placed.map(({ id, mediaId, filename, position }) => ({
            id,
            mediaId,
            filename,
            position,
          })),
        },
      },
    ])
    const [first, second, third] = placed.map(({ id }) => id)
    expect(chapter.getSnapshot().context.run).toEqual({
      [first ?? '']: 'linked',
      [second ?? '']: 'failed',
      [third ?? '']: 'linked',
    })
    expect(list()?.map(({ id }) => id)).toEqual([row.id, first, third])
  })

  test('without a connection sends nothing until there is one', async () => {
    const { sent } = fakeServer(linkAllButSecond)
    const { chapter } = openChapter([row])
    onlineManager.setOnline(false)
    chapter.send({ type: 'videos.add', picks, after: row.position })
    await waitFor(chapter, (snapshot) => snapshot.matches('linking'))
    expect(sent).toEqual([])
    onlineManager.setOnline(true)
    await waitFor(chapter, (snapshot) => snapshot.matches('settled'))
    expect(sent).toHaveLength(1)
  })
})
