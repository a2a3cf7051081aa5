import { assign, enqueueActions, fromPromise, setup } from 'xstate'
import type { MediaPick, Video } from '#contract/videos.ts'
import {
  type RunStatus,
  type VideoEvent,
  type VideoInput,
  type VideoReport,
  videoMachine,
} from './video.machine.ts'

export interface ChapterInput {
  chapterId: string
}

export interface ChapterContext {
  chapterId: string
  /** Picks that are shown already and get their actors as soon as that has been painted. */
  placed: VideoInput[]
  /**
   * The link run: every video added since the chapter last had nothing left to do, and every one that
   * failed. A removed one stays listed, for it may be restored.
   */
  run: Record<string, RunStatus>
  /** The videos whose new names could not be saved, or need a choice. */
  unsavedNames: string[]
}

export type ChapterEvent =
  | { type: 'videos.add'; picks: MediaPick[]; after: string | null }
  | { type: 'videos.placed'; videos: VideoInput[] }
  | { type: 'videos.retryFailed' }
  | { type: 'video.act'; video: Video; command: VideoEvent }
  | VideoReport

export type ChapterTag = 'busy'

/** How many videos of a chapter's link run stand where; `total` is their sum, without the removed. */
export type LinkCounts = Record<'pending' | 'linked' | 'failed' | 'total', number>

/**
 * A chapter's processes: shows what is added, spawns an actor for every video that is added or acted
 * on, lets them link in parallel, and keeps the counts. It goes on while its page is left. By
 * `.provide()` come `placeVideos`, which raises `videos.placed` with an id and a position for every
 * pick; `sendLinks`, which sends the links of those that are placed with `linkSent`; and
 * `framePainted`, which resolves once what is shown now has been painted.
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
    framePainted: fromPromise<void>(() => {
      throw new Error('framePainted must be provided')
    }),
  },
  guards: {
    hasUnsettled: ({ context }) => isUnsettled(context),
    isSettled: ({ context }) => !isUnsettled(context),
    hasFailed: ({ context: { run } }) => Object.values(run).includes('failed'),
  },
  actions: {
    placeVideos: () => {
      throw new Error('placeVideos must be provided')
    },
    sendLinks: () => {
      throw new Error('sendLinks must be provided')
    },
    startRun: assign({ run: {} }),
    showPlaced: assign(({ context, event }) => {
      if (event.type !== 'videos.placed') return {}
      const added = event.videos.map(({ id }) => [id, 'pending'] as const)
      return {
        placed: [...context.placed, ...event.videos],
        run: { ...context.run, ...Object.fromEntries(added) },
      }
    }),
    spawnPlaced: assign(({ context, spawn }) => {
      for (const video of context.placed) spawn('video', { id: video.id, input: video })
      return { placed: [] }
    }),
    actOnVideo: enqueueActions(({ context, enqueue, event, self }) => {
      if (event.type !== 'video.act') return
      const { id } = event.video
      if (!self.getSnapshot().children[id]) {
        const placed = context.placed.find((video) => video.id === id)
        enqueue.assign({ placed: context.placed.filter((video) => video !== placed) })
        enqueue.spawnChild('video', { id, input: placed ?? event.video })
      }
      enqueue.sendTo(id, event.command)
      // Who reads the rows off this chapter compares snapshots, and the command may change what is shown.
      enqueue.assign({})
    }),
    retryFailed: enqueueActions(({ context, enqueue }) => {
      for (const [id, status] of Object.entries(context.run)) {
        if (status === 'failed') enqueue.sendTo(id, { type: 'video.retry' })
      }
    }),
    countVideo: assign(({ context, event }) => {
      if (event.type !== 'video.reported') return {}
      const { id, status } = event
      const counts = id in context.run || status === 'failed'
      return counts ? { run: { ...context.run, [id]: status } } : {}
    }),
    countName: assign(({ context, event }) => {
      if (event.type !== 'name.reported') return {}
      const others = context.unsavedNames.filter((id) => id !== event.id)
      return { unsavedNames: event.isUnsaved ? [...others, event.id] : others }
    }),
    forgetVideo: enqueueActions(({ context, enqueue, event }) => {
      if (event.type !== 'video.gone') return
      const { [event.id]: _gone, ...run } = context.run
      enqueue.assign({ run, unsavedNames: context.unsavedNames.filter((id) => id !== event.id) })
      enqueue.stopChild(event.id)
    }),
  },
}).createMachine({
  id: 'chapter',
  description: 'One chapter: its videos’ processes and how many of them stand where.',
  context: ({ input }) => ({ chapterId: input.chapterId, placed: [], run: {}, unsavedNames: [] }),
  initial: 'settled',
  on: {
    'videos.placed': {
      target: '.placing',
      actions: ['showPlaced', 'sendLinks'],
      description: 'Every pick has an id and a place, and is shown; its link is sent.',
    },
    'videos.retryFailed': {
      actions: 'retryFailed',
      description: 'Every failed video is tried again.',
    },
    'video.act': {
      actions: 'actOnVideo',
      description: 'Something is asked of a video; a row of the server’s gets its actor now.',
    },
    'video.reported': {
      actions: 'countVideo',
      description: 'A video says where its link stands.',
    },
    'name.reported': {
      actions: 'countName',
      description: 'A new name could not be saved, or that is settled.',
    },
    'video.gone': {
      actions: 'forgetVideo',
      description: 'A removal can’t be undone any more: the video’s actor is stopped.',
    },
  },
  states: {
    settled: {
      description: 'Every link is settled: linked, failed or removed.',
      always: {
        guard: 'hasUnsettled',
        target: 'linking',
        description: 'A retry or an undo is under way.',
      },
      on: {
        'videos.add': [
          {
            guard: 'hasFailed',
            actions: 'placeVideos',
            description: 'New picks join the run, so that its failures stay counted.',
          },
          { actions: ['startRun', 'placeVideos'], description: 'New picks start a new run.' },
        ],
      },
    },
    placing: {
      description:
        'New rows are on their way to the screen, and their links to the server; what is asked of them works already.',
      tags: ['busy'],
      invoke: {
        id: 'framePainted',
        src: 'framePainted',
        onDone: {
          target: 'linking',
          actions: 'spawnPlaced',
          description:
            'They are seen: their actors start, and wait for the links’ answers in parallel.',
        },
        onError: {
          target: 'linking',
          actions: 'spawnPlaced',
          description: 'A page that can’t tell when it has painted links all the same.',
        },
      },
      on: {
        'videos.add': {
          actions: 'placeVideos',
          description: 'More picks join the run.',
        },
      },
    },
    linking: {
      description: 'Links are under way.',
      tags: ['busy'],
      always: {
        guard: 'isSettled',
        target: 'settled',
        description: 'The last one is answered.',
      },
      on: {
        'videos.add': {
          actions: 'placeVideos',
          description: 'New picks join the run.',
        },
      },
    },
  },
})

/** Counts a chapter's link run for its status line; removed videos don't count. */
export function countLinks(run: ChapterContext['run']): LinkCounts {
  const counts: LinkCounts = { pending: 0, linked: 0, failed: 0, total: 0 }
  for (const status of Object.values(run)) {
    if (status === 'removed') continue
    counts[status] += 1
    counts.total += 1
  }
  return counts
}

function isUnsettled({ run }: ChapterContext): boolean {
  return Object.values(run).includes('pending')
}
