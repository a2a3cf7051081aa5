import { notifyManager, onlineManager, QueryObserver } from '@tanstack/react-query'
import { generateKeyBetween } from 'fractional-indexing'
import { type AnyActorRef, type InspectionEvent, SimulatedClock } from 'xstate'
import { listTexts, readRecords, recordVersion } from '#client/app/outbox/outbox-records.ts'
import { addVideos } from '#client/features/videos/add-videos.ts'
import { videosQuery } from '#client/features/videos/api/list-videos.ts'
import {
  type ChapterSnapshot,
  readChapterActors,
  type VideoActor,
} from '#client/features/videos/authoring-context.tsx'
import { removeVideos, renameVideos } from '#client/features/videos/change-videos.ts'
import { dispatchFromRow } from '#client/features/videos/dispatch-videos.ts'
import { type Draft, discardDraft, getDraft } from '#client/features/videos/drafts.ts'
import type { ShownVideo } from '#client/features/videos/fold-videos.ts'
import { listKeptVideos } from '#client/features/videos/kept-videos.ts'
import { type MoveTarget, moveVideos } from '#client/features/videos/move-videos.ts'
import type { Rename } from '#client/features/videos/record-changes.ts'
import { releaseUnblocked } from '#client/features/videos/release-unblocked.ts'
import { resumeVideos } from '#client/features/videos/resume-videos.ts'
import { type OperationHandler, undoOrRedo } from '#client/features/videos/undo-or-redo.ts'
import {
  findVideoActor,
  readShownVideos,
  retryFailed,
} from '#client/features/videos/use-chapter.ts'
import { createAuthoring } from '#client/features/videos/videos.actors.ts'
import { nextLogicalTime } from '#client/lib/logical-time.ts'
import type { OutboxRecord, OutboxStore } from '#client/lib/outbox-database.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Video } from '#contract/videos.ts'
import type { ChapterEvent } from '#machines/chapter.machine.ts'
import type { Direction } from '#machines/history.ts'
import { countLinks } from '#machines/link-progress.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { seededRandom } from '#shared/random.ts'
import { createNetwork } from './network.ts'
import type { NetworkOutcome } from './network-outcome.ts'
import { createReferenceServer } from './reference-server.ts'
import type { Schedule } from './schedule.ts'

export const chapterId = '01900000-0000-7000-8000-0000000000c1'

/** Both chapters of the page; all videos start in the first. */
export const chapterIds = [chapterId, '01900000-0000-7000-8000-0000000000c2']

/** The library: two assets are linked from the start, the others can be picked. */
export const mediaIds = Array.from(
  { length: 9 },
  (_, index) => `01900000-0000-7000-8000-0000000000a${index + 1}`,
)
const initiallyLinked = 2

/** The two files that a page uploads; each is in the library once it is uploaded. */
const listFileIds = (pageId: string) =>
  [1, 2].map((number) => `01900000-0000-7000-8000-0000000000b${2 * Number(pageId.at(-1)) + number}`)

/** An event of the chapter, with the snapshot after it. */
export interface ChapterStep {
  event: { type: string }
  snapshot: ChapterSnapshot
}

/** Everything the schedule does not decide: the outcomes of requests, and all randomness. */
export interface Environment {
  outcomes: readonly NetworkOutcome[]
  randomSeed: number
}

export type Page = ReturnType<typeof createPage>

// Notify synchronously, so that the cache adds no timers of its own.
notifyManager.setScheduler((notify) => notify())

/** Creates a server and the network to it, which follow the schedule. */
export function createBackend(schedule: Schedule, { outcomes }: Pick<Environment, 'outcomes'>) {
  const server = createServer()
  return { server, network: createNetwork(server, schedule, outcomes) }
}

/**
 * Creates a page without its elements: the real actors, effects, batcher, cache, fold and drafts.
 * Pages can share a backend, and are distinguished by id.
 */
export function createPage(
  schedule: Schedule,
  { server, network }: ReturnType<typeof createBackend>,
  { randomSeed, pageId = firstPageId }: Pick<Environment, 'randomSeed'> & { pageId?: string },
) {
  onlineManager.setOnline(true)
  const browserFetch = globalThis.fetch
  globalThis.fetch = network.fetch as typeof fetch

  const queries = chapterIds.map(videosQuery)
  const clock = new SimulatedClock()
  const delays = createDelays(clock)
  const frames = createFrames(schedule)
  const steps: ChapterStep[] = []
  const random = seededRandom(randomSeed)
  let files = listFileIds(pageId)
  let visits = 0
  let { queryClient, authoring, chapter } = startVisit()
  let stopShowing = show()

  /** Starts a page with the server's current lists. */
  function startVisit() {
    const queryClient = createQueryClient()
    queryClient.setDefaultOptions({
      queries: { retry: false, staleTime: Number.POSITIVE_INFINITY },
    })
    for (const [index, { queryKey }] of queries.entries()) {
      const videos = server.list(chapterIds[index] ?? '')
      queryClient.setQueryData(queryKey, { videos, requestedAt: nextLogicalTime() })
    }
    visits += 1
    const authoring = createAuthoring(queryClient, {
      framePainted: frames.painted,
      yieldToBrowser: () => schedule.turn('task'),
      delay: delays.delay,
      random,
      pageId: visits > 1 ? `${pageId} after ${visits} visits` : pageId,
      actorOptions: { clock, inspect },
    })
    const event: ChapterEvent = { type: 'videos.retryFailed' }
    authoring.send({ type: 'chapter.dispatch', chapterId, event })
    const chapter = authoring.getSnapshot().children[chapterId]
    if (!chapter) throw new Error('The chapter has no actor')
    return { queryClient, authoring, chapter }
  }

  function endVisit() {
    stopShowing()
    authoring.stop()
    void queryClient.cancelQueries()
    queryClient.clear()
  }

  /** Reads what the page stores in the browser's database. */
  function readStored(): Stored {
    const { history } = authoring.getSnapshot().context
    return {
      videos: listKeptVideos(authoring).map(toRecord),
      tabs: [toRecord({ ...emptyTab, savedAt: Date.now(), history })],
    }
  }

  /** Starts a visit that resumes the stored records. Returns those that it can't read. */
  function restart() {
    endVisit()
    ;({ queryClient, authoring, chapter } = startVisit())
    const { unreadable } = resumeRecords(stored)
    stopShowing = show()
    store()
    return unreadable
  }

  /** Resumes the records of another visit. */
  function resumeRecords(records: Stored) {
    const { videos, tab, unreadable } = readRecords(records, Date.now())
    if (tab.history.count > 0) authoring.send({ type: 'history.resume', history: tab.history })
    const leftTexts = resumeVideos(authoring, videos)
    releaseUnblocked(authoring)
    for (const { context } of videos) {
      if (context.blockedBy === context.mediaId) void resumeUpload(context)
    }
    return { leftTexts, unreadable }
  }

  /** Notifies the page if the server already has the file. */
  async function resumeUpload({ mediaId }: Pick<Video, 'mediaId'>) {
    if (!server.hasMedia(mediaId)) return
    await schedule.turn(`${mediaId} is found ready`)
    authoring.send({ type: 'asset.ready', mediaId })
  }

  let stored = readStored()
  const store = () => {
    stored = readStored()
  }

  function inspect(event: InspectionEvent) {
    const { id } = event.actorRef as AnyActorRef
    if (event.type !== '@xstate.snapshot' || id !== chapterId) return
    steps.push({ event: event.event, snapshot: event.snapshot as ChapterSnapshot })
  }

  function show(): () => void {
    const stops = queries.map((query) => new QueryObserver(queryClient, query).subscribe(() => {}))
    return () => {
      for (const stop of stops) stop()
    }
  }

  const list = (id: string) => queryClient.getQueryData(videosQuery(id).queryKey)
  const context = () => chapter.getSnapshot().context
  const readSnapshots = () => readChapterActors(authoring).map((actor) => actor.getSnapshot())
  const contexts = () => readSnapshots().map((snapshot) => snapshot.context)

  function actors(): ReadonlyMap<string, VideoActor> {
    return new Map(
      readSnapshots().flatMap((snapshot) =>
        snapshot.context.videos.list.flatMap(({ id }) => {
          const actor = findVideoActor(snapshot, id)
          return actor ? [[id, actor] as const] : []
        }),
      ),
    )
  }

  return {
    server,
    network,
    get chapter() {
      return chapter
    },
    steps,
    list,
    context,
    activeDelays: delays.count,
    awaitedFrames: frames.count,
    /** How many chapters wait until their changes are painted. */
    paintingChapters: () =>
      readSnapshots().filter((snapshot) => snapshot.matches('showing')).length,
    /** The ids of the videos that are shown before their actors start. */
    listAdded: () => new Set(contexts().flatMap(({ added }) => added.map(({ id }) => id))),
    /** The videos' actors, whichever chapter acted on them first. */
    actors,
    /** The latest reports of the videos to their chapters. */
    reports: () =>
      new Map(contexts().flatMap(({ videos }) => videos.list.map((video) => [video.id, video]))),
    /** The videos with events that their actors have not received yet. */
    listDue: () => new Set(contexts().flatMap(({ due }) => due.map(({ video }) => video.id))),
    /** Whether any video has something to send or to wait for. */
    isBusy: () =>
      [...actors().values()].some((actor) => !actor.getSnapshot().matches({ request: 'idle' })),
    /** The rows of both chapters. */
    rows: (): ShownVideo[] =>
      chapterIds.flatMap((id) => readShownVideos(authoring, queryClient, id)),
    counts: () => countLinks(context()),
    dispatch(video: ShownVideo, event: VideoEvent) {
      if (event.type === 'video.remove') removeVideos(authoring, [video])
      else dispatchFromRow(authoring, video, event)
    },
    history: () => authoring.getSnapshot().context.history,
    undoOrRedo: (direction: Direction) =>
      undoOrRedo(authoring, queryClient, direction, { chapter: noHandler, course: noHandler }),
    move: (videos: readonly Video[], target: MoveTarget) =>
      moveVideos(authoring, queryClient, videos, target, random),
    remove: (videos: readonly ShownVideo[]) => removeVideos(authoring, videos),
    rename: (renames: readonly Rename<ShownVideo>[]) => renameVideos(authoring, renames),
    retryFailed() {
      for (const id of chapterIds) retryFailed(authoring, queryClient, id)
    },
    /**
     * Reads the text in a row's editor. The editor gets its draft on every render, with the latest
     * name.
     */
    readDraft(actor: VideoActor, rows?: readonly ShownVideo[]): string {
      const row = (rows ?? this.rows()).find(({ id }) => id === actor.id)
      return mount(getDraft(actor, row?.filename ?? '')).getValues('filename')
    },
    /** Whether an editor has its initial text; saving it must not override another rename. */
    isUnchanged(actor: VideoActor): boolean {
      return getDraft(actor, '').initial === this.readDraft(actor)
    },
    closeEditor: (actor: VideoActor) => discardDraft(actor),
    type: (actor: VideoActor, text: string) =>
      mount(getDraft(actor, text)).setValue('filename', text),
    add(picked: readonly string[], to = chapterId) {
      const picks = picked.map((mediaId) => ({
        mediaId,
        filename: createFilename(mediaId),
        durationSeconds: 1,
      }))
      addVideos(authoring, queryClient, to, picks, random)
    },
    /** Adds files whose uploads last until `finishUpload`. */
    addFiles(ids: readonly string[]) {
      const videos = ids.map((mediaId) => ({
        mediaId,
        filename: createFilename(mediaId),
        durationSeconds: 1,
        blockedBy: mediaId,
      }))
      addVideos(authoring, queryClient, chapterId, videos, random)
    },
    /** The files that are not in the library yet. */
    uploading: () => files.filter((id) => !server.hasMedia(id)),
    /** Adds an uploaded file to the library, and notifies the page. */
    finishUpload(mediaId: string) {
      server.addMedia(mediaId)
      authoring.send({ type: 'asset.ready', mediaId })
    },
    refetch() {
      for (const { queryKey } of queries) void queryClient.refetchQueries({ queryKey })
    },
    leave: () => stopShowing(),
    return() {
      stopShowing = show()
      this.refetch()
    },
    closeChapters() {
      for (const id of chapterIds) authoring.send({ type: 'chapter.close', chapterId: id })
    },
    setOnline: (online: boolean) => onlineManager.setOnline(online),
    passTime: (milliseconds: number) => clock.increment(milliseconds),
    /** Stores the page's records, as it does when it is idle. */
    store,
    /** Leaves the page, which stores its records, and opens it again. */
    reload() {
      store()
      restart()
    },
    /** Opens the page again after a crash. */
    crash: () => void restart(),
    /** Opens another build of the page, which can't read the stored records. */
    updateBuild() {
      stored = readStored()
      const ids = stored.videos.map(({ id }) => id)
      for (const record of [...stored.videos, ...stored.tabs]) record.version = recordVersion - 1
      return { ids, texts: restart().flatMap(listTexts) }
    },
    /** Closes the tab, and opens one with nothing to resume. Returns what the old tab left. */
    closeTab() {
      const left = { records: readStored(), files }
      stored = { videos: [], tabs: [] }
      files = []
      restart()
      return left
    },
    /** Resumes what another tab left; its uploads are this one's from now on. */
    resumeTab(left: { records: Stored; files: readonly string[] }) {
      files = [...files, ...left.files]
      return resumeRecords(left.records)
    },
    close() {
      endVisit()
      globalThis.fetch = browserFetch
    },
  }
}

type Stored = Record<OutboxStore, OutboxRecord[]>

const toRecord = (content: object): OutboxRecord => ({
  tabId: 'gone',
  id: 'tab',
  version: recordVersion,
  ...JSON.parse(JSON.stringify(content)),
})

/** Races involve only videos. */
const emptyTab = {
  picks: {},
  changes: { courses: [], chapters: [] },
  newChapters: [],
  names: [],
}

const noHandler: OperationHandler = { read: () => undefined, apply: () => {} }

const firstPageId = '01900000-0000-7000-8000-0000000000f1'

function createServer() {
  const server = createReferenceServer(chapterIds, new Map(mediaIds.map((id) => [id, 1])))
  for (const [index, mediaId] of mediaIds.slice(0, initiallyLinked).entries()) {
    const id = `01900000-0000-7000-8000-00000000000${index + 1}`
    server.link(chapterId, { id, mediaId, filename: `Row ${index + 1}.mp4`, position: `a${index}` })
  }
  return server
}

/** Frames that are painted when the schedule says so; `count` tells how many are awaited. */
function createFrames(schedule: Schedule) {
  const awaited = new Set<object>()
  return {
    count: () => awaited.size,
    async painted(signal: AbortSignal) {
      const token = {}
      awaited.add(token)
      signal.addEventListener('abort', () => awaited.delete(token), { once: true })
      await schedule.turn('frame')
      awaited.delete(token)
    },
  }
}

/** Delays by the simulated clock; `count` returns how many are running. */
function createDelays(clock: SimulatedClock) {
  const running = new Set<object>()
  return {
    count: () => running.size,
    delay: (milliseconds: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const token = {}
        running.add(token)
        const end = () => {
          running.delete(token)
          clock.clearTimeout(timer)
          resolve()
        }
        const timer = clock.setTimeout(end, milliseconds)
        signal.addEventListener('abort', end, { once: true })
      }),
  }
}

/** Mounts a draft's field as its editor would: React Hook Form keeps only mounted fields. */
function mount({ formControl }: Draft) {
  formControl.register('filename')
  formControl.control._state.mount = true
  return formControl
}

const createFilename = (mediaId: string) => `Asset ${mediaId.slice(-1)}.mp4`

/** Renames a row on the server without notifying the page. */
export function renameOutside({ server }: Page, { id }: Pick<Video, 'id'>, filename: string) {
  const current = chapterIds.flatMap(server.list).find((video) => video.id === id)
  if (!current) return
  const request = { method: 'PATCH', path: `/api/videos/${id}`, body: { filename } }
  server.handle({ ...request, ifMatch: `"${current.version}"` })
}

/** Moves a row to the start or end of its chapter without notifying the page. */
export function moveOutside({ server }: Page, { id }: Pick<Video, 'id'>, end: 'start' | 'end') {
  const list = chapterIds.map(server.list).find((videos) => videos.some((video) => video.id === id))
  const current = list?.find((video) => video.id === id)
  if (!list || !current) return
  const others = list.filter((video) => video !== current)
  const body =
    end === 'start'
      ? { position: generateKeyBetween(null, others[0]?.position ?? null) }
      : { position: generateKeyBetween(others.at(-1)?.position ?? null, null) }
  const request = { method: 'PATCH', path: `/api/videos/${id}`, body }
  server.handle({ ...request, ifMatch: `"${current.version}"` })
}

/** Removes a row on the server without notifying the page. */
export const removeOutside = ({ server }: Page, { id }: Pick<Video, 'id'>) =>
  server.handle({ method: 'DELETE', path: `/api/videos/${id}` })
