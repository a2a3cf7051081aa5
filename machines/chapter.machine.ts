import { assign, enqueueActions, fromCallback, fromPromise, sendParent, setup } from 'xstate'
import type { Video } from '#contract/videos.ts'
import { anticipate } from './anticipate.ts'
import { countLinks, hasUnsettled, isUnlinked } from './link-progress.ts'
import { mustBeProvided } from './must-be-provided.ts'
import {
  findVideo,
  getDepartingChapterId,
  hasVideo,
  listBlocked,
  noVideos,
  type PendingVideo,
  type PendingVideos,
  withVideos,
} from './pending-videos.ts'
import {
  describeVideo,
  initialContext,
  type VideoInput,
  type VideoReport,
} from './video.context.ts'
import { type VideoChildEvent, type VideoEvent, videoMachine } from './video.machine.ts'

export interface ChapterInput {
  chapterId: string
}

/** An event for a video, with its row as the page shows it. */
export interface VideoDispatch {
  video: Video
  event: VideoEvent
}

export interface ChapterContext {
  chapterId: string
  /** Picks and resumed videos that are already shown; their actors start once that is painted. */
  added: VideoInput[]
  /** Bulk events that `videos` already reflects, but that their actors have not received yet. */
  due: VideoDispatch[]
  /** The last report of every video that was added or acted on. */
  videos: PendingVideos
  /**
   * Ids of the videos in the link progress: those added since it was last complete, resumed without
   * a link, or failed.
   */
  counted: string[]
}

export type ChapterEvent =
  | { type: 'videos.add'; videos: VideoInput[] }
  | { type: 'videos.resume'; videos: VideoInput[] }
  | { type: 'videos.retryFailed'; except?: readonly string[] }
  | ({ type: 'video.dispatch' } & VideoDispatch)
  | { type: 'videos.dispatch'; dispatches: VideoDispatch[] }
  | { type: 'asset.ready'; mediaId: string }
  | { type: 'blocker.cleared'; id: string }
  | VideoChildEvent

/** How many due events to send between two frames. */
const maxSentInFrame = 40

export type ChapterTag = 'busy'

/**
 * Coordinates the videos of a chapter: shows added videos, spawns an actor for every video that is
 * added or acted on, lets them link in parallel and stores their reports. It keeps running while
 * another page is shown. `.provide()` supplies two effects: `prefetchLinks` sends the links of
 * added videos before their actors start and, when stopped, aborts those that no actor has asked
 * for; `framePainted` resolves once the current state has been painted.
 */
export const chapterMachine = setup({
  types: {
    input: {} as ChapterInput,
    context: {} as ChapterContext,
    events: {} as ChapterEvent,
    tags: {} as ChapterTag,
    children: {} as Record<string, 'video'>,
  },
  actors: {
    video: videoMachine,
    framePainted: fromPromise<void>(() => mustBeProvided('framePainted')),
    prefetchLinks: fromCallback<
      { type: string },
      { chapterId: string; videos: readonly VideoInput[] }
    >(() => mustBeProvided('prefetchLinks')),
  },
  guards: {
    hasUnsettled: ({ context }) => hasUnsettled(context),
    isSettled: ({ context }) => !hasUnsettled(context),
    hasMoreDue: ({ context }) => context.due.length > maxSentInFrame,
  },
  actions: {
    addVideos: assign(({ context, event }) =>
      event.type === 'videos.add' ? addVideos(context, event.videos) : {},
    ),
    resumeVideos: assign(({ context, event }) =>
      event.type === 'videos.resume' ? resumeVideos(context, event.videos) : {},
    ),
    spawnAdded: assign(({ context, spawn }) => {
      for (const video of context.added) spawn('video', { id: video.id, input: video })
      return { added: [] }
    }),
    anticipateDue: assign(({ context, event }) =>
      event.type === 'videos.dispatch' ? anticipateDue(context, event.dispatches) : {},
    ),
    deliver: enqueueActions(({ context, enqueue, event, self }) => {
      const delivered = event.type === 'video.dispatch' ? withDue(context, event) : nextDue(context)
      // The snapshot lacks the actors spawned in this step. They can't be among the due ones, since
      // no id is both in `added` and in `due`.
      const inputs = listInputs(context, delivered, self.getSnapshot().children)
      enqueue.assign({
        added: context.added.filter(({ id }) => !inputs.has(id)),
        due: context.due.filter((dispatch) => !delivered.includes(dispatch)),
        videos: withPending(context.videos, inputs),
      })
      for (const [id, input] of inputs) enqueue.spawnChild('video', { id, input })
      for (const { video, event } of delivered) enqueue.sendTo(video.id, event)
    }),
    retryFailed: enqueueActions(({ context, enqueue, event }) => {
      const excepted = event.type === 'videos.retryFailed' ? event.except : undefined
      const isFailed = ({ id }: { id: string }) =>
        findVideo(context.videos, id)?.status === 'failed' && !excepted?.includes(id)
      // The actors of videos resumed from an earlier page may not have started yet.
      const resumed = context.added.filter(isFailed)
      enqueue.assign({ added: context.added.filter((input) => !resumed.includes(input)) })
      for (const input of resumed) enqueue.spawnChild('video', { id: input.id, input })
      for (const video of context.videos.list.filter(isFailed)) {
        enqueue.sendTo(video.id, { type: 'video.retry' })
      }
    }),
    reportCleared: enqueueActions(({ context, enqueue, event }) => {
      for (const id of listCleared(context.videos, listUpdates(context, event))) {
        enqueue(sendParent({ type: 'blocker.cleared', id }))
      }
    }),
    keepReport: assign(({ context, event }) =>
      event.type === 'video.reported' ? keepReport(context, event.video) : {},
    ),
    keepEditor: assign(({ context, event }) => {
      if (event.type !== 'editor.reported') return {}
      const video = findVideo(context.videos, event.id)
      if (!video) return {}
      return { videos: withVideos(context.videos, [{ ...video, isEditing: event.isOpen }]) }
    }),
    releaseBlocked: enqueueActions(({ context, enqueue, event, self }) => {
      const blocker = getClearedBlocker(event)
      if (blocker === null) return
      const blocked = findBlocked(context, blocker)
      if (blocked.length === 0) return
      const { children } = self.getSnapshot()
      const unstarted = blocked.filter(({ id }) => !children[id])
      for (const { id } of blocked) {
        if (children[id]) enqueue.sendTo(id, { type: 'video.release' })
      }
      if (unstarted.length > 0) enqueue.assign(releaseUnstarted(context, unstarted, blocker))
    }),
  },
}).createMachine({
  id: 'chapter',
  description: 'One chapter: the actors of its videos and their link progress.',
  context: ({ input }) => ({
    chapterId: input.chapterId,
    added: [],
    due: [],
    videos: noVideos,
    counted: [],
  }),
  initial: 'settled',
  on: {
    'videos.add': {
      target: '.showing',
      actions: 'addVideos',
      description: 'Picked videos are shown, each with an id and a position; their links are sent.',
    },
    'videos.resume': {
      target: '.showing',
      actions: 'resumeVideos',
      description: 'What an earlier visit left pending is shown again and continues.',
    },
    'videos.retryFailed': {
      actions: 'retryFailed',
      description: 'Every failed video is retried, except those for which that can’t help.',
    },
    'video.dispatch': {
      actions: 'deliver',
      description: 'Passes an event to a video; a row from the server gets its actor now.',
    },
    'videos.dispatch': {
      target: '.showing',
      actions: ['reportCleared', 'anticipateDue'],
      description: 'Something is done to many videos; all of them show it in the next frame.',
    },
    'video.reported': {
      actions: ['reportCleared', 'keepReport'],
      description: 'A video reports what it shows and the state of its link.',
    },
    'asset.ready': {
      actions: 'releaseBlocked',
      description: 'A file is in the library: the videos waiting for it can be linked.',
    },
    'blocker.cleared': {
      actions: 'releaseBlocked',
      description: 'A video has left its chapter, or stays: its asset can be linked there again.',
    },
    'editor.reported': {
      actions: 'keepEditor',
      description: 'An editor was opened or closed.',
    },
  },
  states: {
    settled: {
      description: 'Every link is settled: linked, failed or removed.',
      meta: { mainPath: true },
      always: {
        guard: 'hasUnsettled',
        target: 'linking',
        description: 'A retry or an undo is in flight.',
      },
    },
    showing: {
      description:
        'Changes are on their way to the screen, and new links to the server; all rows already take events.',
      meta: { mainPath: true },
      tags: ['busy'],
      exit: ['spawnAdded', 'deliver'],
      invoke: [
        {
          id: 'framePainted',
          src: 'framePainted',
          onDone: [
            {
              guard: 'hasMoreDue',
              target: 'showing',
              reenter: true,
              description:
                'The frame was painted; the rest follows in parts, with a frame between them.',
            },
            {
              target: 'linking',
              description: 'The frame was painted: actors start and wait for their responses.',
            },
          ],
          onError: [
            {
              guard: 'hasMoreDue',
              target: 'showing',
              reenter: true,
              description: 'Painting can’t be detected: the rest follows anyway.',
            },
            {
              target: 'linking',
              description: 'Painting can’t be detected: links are sent anyway.',
            },
          ],
        },
        {
          id: 'prefetchLinks',
          src: 'prefetchLinks',
          input: ({ context }) => ({
            chapterId: context.chapterId,
            videos: context.added.filter(({ isSent }) => isSent),
          }),
          onError: {
            description: 'The links are sent by their actors instead.',
          },
        },
      ],
    },
    linking: {
      description: 'Links are in flight.',
      meta: { mainPath: true },
      tags: ['busy'],
      always: {
        guard: 'isSettled',
        target: 'settled',
        description: 'The last link is settled.',
      },
    },
  },
})

/** Adds picks to the chapter. The link of one that is not blocked is sent right away. */
function addVideos(context: ChapterContext, picks: readonly VideoInput[]): Partial<ChapterContext> {
  const added = picks.map((video) => {
    const blockedBy = video.blockedBy ?? null
    return { ...video, blockedBy, isSent: blockedBy === null }
  })
  const { pending, failed } = countLinks(context)
  const isComplete = pending === 0 && failed === 0
  const ids = added.map(({ id }) => id)
  return {
    added: [...context.added, ...added],
    videos: withVideos(context.videos, added.map(createOptimistic)),
    counted: isComplete ? ids : [...context.counted, ...ids],
  }
}

/** Shows videos kept by an earlier page as that page showed them, before their actors start. */
function resumeVideos(
  context: ChapterContext,
  kept: readonly VideoInput[],
): Partial<ChapterContext> {
  const inputs = kept.filter(({ id }) => !hasVideo(context.videos, id))
  const videos = inputs.map(createPending)
  return {
    added: [...context.added, ...inputs],
    videos: withVideos(context.videos, videos),
    counted: [...context.counted, ...videos.filter(isUnlinked).map(({ id }) => id)],
  }
}

/** Shows bulk events in the rows at once; the actors receive them later. */
const anticipateDue = (
  context: ChapterContext,
  dispatches: readonly VideoDispatch[],
): Partial<ChapterContext> => ({
  due: [...context.due, ...dispatches],
  videos: withVideos(context.videos, anticipateAll(context, dispatches)),
})

function anticipateAll(
  { videos }: ChapterContext,
  dispatches: readonly VideoDispatch[],
): PendingVideo[] {
  const shown = new Map<string, PendingVideo>()
  for (const { video, event } of dispatches) {
    const pending = shown.get(video.id) ?? findVideo(videos, video.id) ?? createPending(video)
    shown.set(video.id, { ...pending, ...anticipate(pending, event) })
  }
  return [...shown.values()]
}

/** Puts a video's due events before its new one, so that its actor receives them in order. */
const withDue = ({ due }: ChapterContext, dispatch: VideoDispatch): VideoDispatch[] => [
  ...due.filter(({ video }) => video.id === dispatch.video.id),
  dispatch,
]

const nextDue = ({ due }: ChapterContext): VideoDispatch[] => due.slice(0, maxSentInFrame)

/** Lists the inputs of the actors that have to be spawned before these events are sent. */
function listInputs(
  { added }: ChapterContext,
  dispatches: readonly VideoDispatch[],
  children: Record<string, unknown>,
): Map<string, VideoInput> {
  const inputs = new Map<string, VideoInput>()
  for (const { video } of dispatches) {
    if (children[video.id] || inputs.has(video.id)) continue
    inputs.set(video.id, added.find(({ id }) => id === video.id) ?? video)
  }
  return inputs
}

function withPending(
  videos: PendingVideos,
  inputs: ReadonlyMap<string, VideoInput>,
): PendingVideos {
  const unknown = [...inputs].filter(([id]) => !hasVideo(videos, id))
  if (unknown.length === 0) return videos
  return withVideos(
    videos,
    unknown.map(([, input]) => createPending(input)),
  )
}

function keepReport(context: ChapterContext, reported: VideoReport): Partial<ChapterContext> {
  const isEditing = findVideo(context.videos, reported.id)?.isEditing ?? false
  const { counted } = context
  const video = anticipateReport(context, reported)
  return {
    videos: withVideos(context.videos, [{ ...video, isEditing }]),
    ...(video.status === 'failed' &&
      !counted.includes(video.id) && { counted: [...counted, video.id] }),
  }
}

/** A report with the events that its video has not received yet. */
const anticipateReport = ({ due }: ChapterContext, reported: VideoReport): VideoReport =>
  due
    .filter(({ video }) => video.id === reported.id)
    .reduce((report, { event }) => anticipate(report, event), reported)

/** The reports that an event is going to change. */
function listUpdates(context: ChapterContext, event: ChapterEvent): readonly VideoReport[] {
  if (event.type === 'videos.dispatch') return anticipateAll(context, event.dispatches)
  return event.type === 'video.reported' ? [anticipateReport(context, event.video)] : []
}

/** The ids of videos that were leaving a chapter, and no longer are. */
const listCleared = (videos: PendingVideos, updates: readonly VideoReport[]): string[] =>
  updates.flatMap((update) => {
    const before = findVideo(videos, update.id)
    const departure = before ? getDepartingChapterId(before) : null
    return departure === null || getDepartingChapterId(update) === departure ? [] : update.id
  })

const createPending = (input: VideoInput): PendingVideo => ({
  ...describeVideo(initialContext(input)),
  isEditing: false,
})

/** Shows a pick as optimistic until its actor starts, even if its link has already been sent. */
const createOptimistic = (input: VideoInput): PendingVideo => ({
  ...createPending(input),
  status: 'optimistic',
})

/** The video or the asset that this event says no longer has to be waited for. */
function getClearedBlocker(event: ChapterEvent): string | null {
  if (event.type === 'asset.ready') return event.mediaId
  return event.type === 'blocker.cleared' ? event.id : null
}

const findBlocked = ({ videos }: ChapterContext, blocker: string): PendingVideo[] =>
  listBlocked(videos).filter(({ blockedBy }) => blockedBy === blocker)

/** Releases videos that have no actor to report it for them. */
function releaseUnstarted(
  { added, videos }: ChapterContext,
  unstarted: readonly PendingVideo[],
  blocker: string,
): Partial<ChapterContext> {
  const released = unstarted.map((video) => ({ ...video, blockedBy: null }))
  return {
    added: added.map((input) =>
      input.blockedBy === blocker ? { ...input, blockedBy: null } : input,
    ),
    videos: withVideos(videos, released),
  }
}
