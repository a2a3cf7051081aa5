import { expect } from 'vitest'
import { SimulatedClock } from 'xstate'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { foldVideos } from '#client/features/videos/fold-videos.ts'
import { openChapter, pendingVideosOf, videosIn } from '#client/features/videos/workspace.tsx'
import { framePainted, nextTask } from '#client/lib/frame.ts'
import type { Video } from '#contract/videos.ts'
import { type Ending, seenNow, type VideoPage } from '../models/page/video-page.ts'
import { isPick, type VideoStart } from '../models/video.model.ts'
import type { Hold } from './mock-network.ts'
import { button, expectVideos, getEditor, pickVideos, statusLine } from './page-parts.ts'
import type { Fixtures } from './page-test.tsx'

const title = 'Basics'

const routes = {
  linkVideo: 'POST /api/chapters/{chapterId}/videos/batch',
  saveFilename: 'PATCH /api/videos/{videoId}',
  removeVideo: 'DELETE /api/videos/{videoId}',
  restoreVideo: 'POST /api/videos/{videoId}/restore',
}

/** Opens a page with one video over the real app. Its requests are held from the start. */
export async function openVideoPage(
  { server, network, open }: Fixtures,
  filename: string,
  start: VideoStart,
) {
  const added = isPick(start)
  const { chapterId, path } = await setUpChapter(server, filename, added)
  const clock = new SimulatedClock()
  const { queryClient, workspace } = await open(path, {
    ...{ framePainted, nextTask },
    random: () => 1,
    actorOptions: { clock },
  })
  await expect.element(statusLine(title)).toHaveTextContent(added ? '0 videos' : '1 video')
  let holds: [effect: string, hold: Hold][] = []
  const holdAgain = () => {
    for (const [, hold] of holds) hold.cut()
    holds = Object.entries(routes).map(([effect, route]) => [effect, network.hold(route)])
  }
  if (start === 'a pick that was sent') holdAgain()
  else fireConnectionEvent('offline')
  if (added) await (await pickVideos(title, filename)).click()
  fireConnectionEvent('offline')

  const chapter = openChapter(workspace, chapterId)
  const list = () => queryClient.getQueryData(videosQuery(chapterId).queryKey)
  const { rename, remove, video } = createOtherClient(server, chapterId)

  /** The state of the video's actor, which a row gets when it is first acted on. */
  function readActorState() {
    const [actor] = videosIn(chapter.getSnapshot().children)
    if (actor) return actor.getSnapshot().value
    return list()?.videos.length ? { link: 'linked', filename: 'viewing' } : null
  }

  const page: VideoPage = {
    look: async () => seenNow(),
    press: (name) => button(name).click(),
    type: (typed) => getEditor(shownName()).fill(typed),
    async connect() {
      holdAgain()
      fireConnectionEvent('online')
      fireConnectionEvent('offline')
    },
    held: () => holds.flatMap(([effect, hold]) => (hold.waiting() > 0 ? [effect] : [])),
    async end(ending) {
      for (const [, hold] of holds) endHold(hold, ending)
    },
    renameElsewhere: async (name) => rename(await video(), name),
    async removeElsewhere() {
      await remove(shownId())
      await queryClient.invalidateQueries()
    },
    async passTime(milliseconds) {
      const before = readActorState()
      clock.increment(milliseconds - 1)
      expect(readActorState(), 'a millisecond too early').toEqual(before)
      clock.increment(1)
    },
  }

  return {
    ...page,
    standing: readActorState,
    /** Waits until the page shows exactly the rows of the fold. */
    expectFold: () => expectVideos(folded()),
  }

  function folded() {
    const rows = foldVideos(list(), pendingVideosOf(chapter.getSnapshot()))
    return rows.map(({ filename, status }) => `${filename}: ${status}`)
  }
}

async function setUpChapter(server: Fixtures['server'], filename: string, isPick: boolean) {
  const [chapter] = await server.addChapters(title)
  if (!chapter) throw new Error('No chapter was added')
  const assets = await server.addAssets([filename])
  if (!isPick) await server.addVideos(chapter.id, assets)
  return { chapterId: chapter.id, path: `/courses/${chapter.courseId}` }
}

/** Another client of the same server. */
function createOtherClient(server: Fixtures['server'], chapterId: string) {
  return {
    async video(): Promise<Video> {
      const answer = await server.send(`GET /api/chapters/${chapterId}/videos`)
      const { videos } = await answer.json()
      expect(videos).toHaveLength(1)
      return videos[0]
    },
    async rename({ id, version }: Video, filename: string) {
      const headers = { 'if-match': `"${version}"` }
      const { ok } = await server.send(`PATCH /api/videos/${id}`, { headers, body: { filename } })
      expect(ok, 'renamed elsewhere').toBe(true)
    },
    async remove(id: string) {
      const { ok } = await server.send(`DELETE /api/videos/${id}`)
      expect(ok, 'removed elsewhere').toBe(true)
    },
  }
}

function endHold(hold: Hold, ending: Ending) {
  switch (ending.is) {
    case 'answered':
      return hold.release()
    case 'refused':
      return hold.refuse(ending.detail)
    case 'lost':
      return hold.cut(ending.hasArrived ? 'after' : 'before')
  }
}

const shownId = () => document.querySelector<HTMLElement>('[data-video-id]')?.dataset.videoId ?? ''

const shownName = () => seenNow().rows[0]?.name ?? ''

const fireConnectionEvent = (event: 'online' | 'offline') => window.dispatchEvent(new Event(event))
