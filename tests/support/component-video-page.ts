import { expect } from 'vitest'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { foldVideos } from '#client/features/videos/fold-videos.ts'
import { findVideoActor } from '#client/features/videos/use-chapter.ts'
import type { Video } from '#contract/videos.ts'
import type { RequestKind } from '#machines/next-request.ts'
import { type Ending, readSeen, type VideoPage } from '../models/page/video-page.ts'
import { isPick, type VideoStart } from '../models/video.model.ts'
import type { Hold } from './mock-network.ts'
import { button, expectVideos, getEditor, pickVideos, statusLine } from './page-parts.ts'
import type { Fixtures } from './page-test.tsx'
import { simulateTime } from './simulate-time.ts'

const title = 'Basics'

const routes: Record<RequestKind, string> = {
  link: 'POST /api/chapters/{chapterId}/videos/batch',
  change: 'PATCH /api/videos/{videoId}',
  remove: 'DELETE /api/videos/{videoId}',
  restore: 'POST /api/videos/{videoId}/restore',
}

const kinds = Object.keys(routes) as RequestKind[]

/** Opens a page with one video over the real app. Its requests are held from the beginning. */
export async function openVideoPage(
  { server, network, open }: Fixtures,
  filename: string,
  start: VideoStart,
) {
  const added = isPick(start)
  const { chapterId, path } = await setUpChapter(server, filename, added)
  const time = simulateTime()
  const { queryClient, authoring } = await open(path, time.environment)
  await expect.element(statusLine(title)).toHaveTextContent(added ? '0 videos' : '1 video')
  const holds = new Map<RequestKind, Hold>()
  const hold = (kind: RequestKind) => holds.set(kind, network.hold(routes[kind]))
  kinds.forEach(hold)
  // Any response ends an offline wait, even the one to a presence update.
  network.hold('PUT /api/pages/{pageId}/editing')
  fireConnectionEvent('offline')
  if (added) await (await pickVideos(title, filename)).click()

  const chapter = () => authoring.getSnapshot().children[chapterId]?.getSnapshot()
  const list = () => queryClient.getQueryData(videosQuery(chapterId).queryKey)
  const { rename, remove, video } = createOtherClient(server, chapterId)

  /** Reads the state of the video's actor. A row gets its actor when it is first acted on. */
  function readActorState() {
    const id = chapter()?.context.videos.list[0]?.id ?? ''
    const actor = findVideoActor(chapter(), id)
    if (actor) return actor.getSnapshot().value
    return list()?.videos.length ? { link: 'linked', filename: 'viewing', request: 'idle' } : null
  }

  const page: VideoPage = {
    look: async () => readSeen(),
    press: (name) => button(name).click(),
    type: (typed) => getEditor(readVideoName()).fill(typed),
    async connect() {
      fireConnectionEvent('online')
      fireConnectionEvent('offline')
    },
    held: () => kinds.filter((kind) => holds.get(kind)?.waiting()),
    async end(ended, ending) {
      for (const kind of ended) {
        const earlier = holds.get(kind)
        hold(kind)
        if (earlier) endHold(earlier, ending)
      }
    },
    renameElsewhere: async (name) => rename(await video(), name),
    removeElsewhere: () => remove(readVideoId()),
    async passTime(milliseconds) {
      const before = readActorState()
      time.pass(milliseconds - 1)
      expect(readActorState(), 'one millisecond early').toEqual(before)
      time.pass(1)
    },
  }

  return {
    ...page,
    standing: readActorState,
    /** Waits until the page shows exactly the rows of the fold. */
    expectFold: () => expectVideos(foldRows()),
  }

  function foldRows() {
    const rows = foldVideos(chapterId, list(), chapter()?.context.videos.list ?? [])
    return rows.map(({ filename, status }) => `${filename}: ${status}`)
  }
}

async function setUpChapter(server: Fixtures['server'], filename: string, isPick: boolean) {
  const [chapter] = await server.addChapters(title)
  if (!chapter) throw new Error('The chapter was not created')
  const assets = await server.addAssets([filename])
  if (!isPick) await server.addVideos(chapter.id, assets)
  return { chapterId: chapter.id, path: `/courses/${chapter.courseId}` }
}

/** Creates another client of the same server. */
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
      expect(ok, 'the rename elsewhere succeeds').toBe(true)
    },
    async remove(id: string) {
      const { ok } = await server.send(`DELETE /api/videos/${id}`)
      expect(ok, 'the removal elsewhere succeeds').toBe(true)
    },
  }
}

function endHold(hold: Hold, ending: Ending) {
  switch (ending.outcome) {
    case 'answered':
      return hold.release()
    case 'refused':
      return hold.refuse(ending.detail)
    case 'lost':
      return hold.cut(ending.hasArrived ? 'after' : 'before')
  }
}

const readVideoId = () =>
  document.querySelector<HTMLElement>('[data-video-id]')?.dataset.videoId ?? ''

const readVideoName = () => readSeen().rows[0]?.name ?? ''

const fireConnectionEvent = (event: 'online' | 'offline') => window.dispatchEvent(new Event(event))
