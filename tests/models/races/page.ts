import { notifyManager, onlineManager, QueryObserver } from '@tanstack/react-query'
import { type AnyActorRef, type InspectionEvent, SimulatedClock } from 'xstate'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import { type Draft, draftOf, dropDraft } from '#client/features/videos/drafts.ts'
import { foldVideos, type ShownVideo } from '#client/features/videos/fold-videos.ts'
import { createWorkspace } from '#client/features/videos/videos.actors.ts'
import {
  type ChapterSnapshot,
  lastPosition,
  openChapter,
  pendingVideosOf,
  type VideoActor,
  videosIn,
} from '#client/features/videos/workspace.tsx'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Video } from '#contract/videos.ts'
import { countLinks } from '#machines/chapter.machine.ts'
import type { Fate } from './fate.ts'
import { createNetwork } from './network.ts'
import { createReferenceServer } from './reference-server.ts'
import type { Schedule } from './schedule.ts'

export const chapterId = '01900000-0000-7000-8000-0000000000c1'

/** The library: two assets stand in the chapter from the start, the others can be picked. */
export const mediaIds = Array.from(
  { length: 9 },
  (_, index) => `01900000-0000-7000-8000-0000000000a${index + 1}`,
)
const linkedAtFirst = 2

/** An event that the chapter took, and where it stood after it. */
export interface ChapterStep {
  event: { type: string }
  snapshot: ChapterSnapshot
}

export type Page = ReturnType<typeof createPage>

// What is known is told at once, so that no timer of the cache's own is between a cause and its effect.
notifyManager.setScheduler((tell) => tell())

/**
 * The page without its elements: the real processes, effects, batcher, cache, fold and drafts, before
 * a server and a network that do what the schedule says.
 */
export function createPage(schedule: Schedule, fates: readonly Fate[]) {
  onlineManager.setOnline(true)
  const server = createReferenceServer([chapterId], new Map(mediaIds.map((id) => [id, 1])))
  for (const [index, mediaId] of mediaIds.slice(0, linkedAtFirst).entries()) {
    const id = `01900000-0000-7000-8000-00000000000${index + 1}`
    server.link(chapterId, { id, mediaId, filename: `Row ${index + 1}.mp4`, position: `a${index}` })
  }
  const network = createNetwork(server, schedule, fates)
  const browserFetch = globalThis.fetch
  globalThis.fetch = network.fetch as typeof fetch

  const queryClient = createQueryClient()
  queryClient.setDefaultOptions({ queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } })
  const query = videosQuery(chapterId)
  const first = { videos: server.list(chapterId), askedAt: 0 }
  queryClient.setQueryData(query.queryKey, first)

  const clock = new SimulatedClock()
  const steps: ChapterStep[] = []
  const workspace = createWorkspace(queryClient, {
    framePainted: () => schedule.turn('frame'),
    nextTask: () => schedule.turn('task'),
    random: () => 0.5,
    actorOptions: { clock, inspect },
  })
  const chapter = openChapter(workspace, chapterId)
  let stopShowing = show()

  function inspect(event: InspectionEvent) {
    const { id } = event.actorRef as AnyActorRef
    if (event.type !== '@xstate.snapshot' || id !== chapterId) return
    steps.push({ event: event.event, snapshot: event.snapshot as ChapterSnapshot })
  }

  function show(): () => void {
    return new QueryObserver(queryClient, query).subscribe(() => {})
  }

  const list = () => queryClient.getQueryData(query.queryKey)
  const actors = () =>
    new Map(videosIn(chapter.getSnapshot().children).map((actor) => [actor.id, actor]))

  return {
    server,
    network,
    chapter,
    steps,
    list,
    actors,
    rows: (): ShownVideo[] => foldVideos(list(), pendingVideosOf(chapter.getSnapshot())),
    counts: () => countLinks(chapter.getSnapshot().context.run),
    /** What the row's editor shows. It asks for its draft at every render, with the newest name. */
    draftIn(actor: VideoActor): string {
      const row = this.rows().find(({ id }) => id === actor.id)
      return mounted(draftOf(actor, row?.filename ?? '')).getValues('filename')
    },
    closeEditor: (actor: VideoActor) => dropDraft(actor),
    type: (actor: VideoActor, text: string) =>
      mounted(draftOf(actor, text)).setValue('filename', text),
    add(picked: readonly string[]) {
      const picks = picked.map((mediaId) => ({
        mediaId,
        filename: nameOf(mediaId),
        durationSeconds: 1,
      }))
      chapter.send({
        type: 'videos.add',
        picks,
        after: lastPosition(queryClient, chapter, chapterId),
      })
    },
    refetch: () => void queryClient.refetchQueries({ queryKey: query.queryKey }),
    leave: () => stopShowing(),
    return() {
      stopShowing = show()
      this.refetch()
    },
    setOnline: (online: boolean) => onlineManager.setOnline(online),
    passTime: (milliseconds: number) => clock.increment(milliseconds),
    close() {
      stopShowing()
      workspace.stop()
      queryClient.clear()
      globalThis.fetch = browserFetch
    },
  }
}

/** A form keeps what is typed once its editor is on the page, of which React Hook Form takes note here. */
function mounted({ formControl }: Draft) {
  formControl.register('filename')
  formControl.control._state.mount = true
  return formControl
}

const nameOf = (mediaId: string) => `Asset ${mediaId.slice(-1)}.mp4`

/** What changes a row behind the page's back. */
export function renameOutside({ server }: Page, { id }: Pick<Video, 'id'>, filename: string) {
  const current = server.list(chapterId).find((video) => video.id === id)
  if (!current) return
  const request = { method: 'PATCH', path: `/api/videos/${id}`, body: { filename } }
  server.handle({ ...request, ifMatch: `"${current.version}"` })
}

export const removeOutside = ({ server }: Page, { id }: Pick<Video, 'id'>) =>
  server.handle({ method: 'DELETE', path: `/api/videos/${id}` })
