import { onlineManager, type QueryClient } from '@tanstack/react-query'
import { generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
import { type ActorOptions, createActor, enqueueActions, fromPromise } from 'xstate'
import { type Link, type Video, videoSchema } from '#contract/videos.ts'
import { type ChapterEvent, chapterMachine } from '#machines/chapter.machine.ts'
import {
  backoffAfter,
  type Confirmation,
  type LinkOutcome,
  type LinkRequest,
  type Refusal,
  type RemovalOutcome,
  type RestoreOutcome,
  type SaveOutcome,
  type SaveRequest,
  type VideoAddress,
  videoMachine,
} from '#machines/video.machine.ts'
import { workspaceMachine } from '#machines/workspace.machine.ts'
import { connectionReady } from '../../lib/connection.ts'
import { framePainted, nextTask } from '../../lib/frame.ts'
import { isFinal, ProblemError, request, requestStream } from '../../lib/http.ts'
import { createLinkBatcher } from '../../lib/link-batcher.ts'
import { logicalTime } from '../../lib/logical-time.ts'
import { videosQuery } from './api/list-videos.ts'
import { dropVideo, keepVideos } from './video-cache.ts'

/** What the processes take from the browser besides its requests. */
export interface Surroundings {
  framePainted: () => Promise<void>
  nextTask: () => Promise<void>
  random: () => number
  /** XState's own parts: its clock, and who looks on. */
  actorOptions?: Pick<ActorOptions<typeof workspaceMachine>, 'clock' | 'inspect'>
}

const browser: Surroundings = { framePainted, nextTask, random: Math.random }

/** Starts the root of all processes, with their effects: requests to the server, ids, places and frames. */
export function createWorkspace(queryClient: QueryClient, surroundings = browser) {
  const { random, actorOptions } = surroundings
  const jitter = 0.5 + random() / 2
  const batcher = createBatcher(queryClient, surroundings)
  const video = videoMachine.provide({
    actors: {
      connectionReady: fromPromise(({ signal }) => connectionReady(signal)),
      ...createVideoEffects(queryClient, batcher),
    },
    // One jitter for all: the pages of many people retry at different times, the links of one together.
    delays: { backoff: ({ context }) => jitter * backoffAfter(context.attempt) },
  })
  const chapter = chapterMachine.provide({
    actors: { video, framePainted: fromPromise(surroundings.framePainted) },
    actions: {
      placeVideos: enqueueActions(({ context, enqueue, event }) => {
        if (event.type !== 'videos.add') return
        enqueue.raise({ type: 'videos.placed', videos: place(event, context.chapterId) })
      }),
      sendLinks: ({ context, event, self }) => {
        if (event.type !== 'videos.placed') return
        const sent = event.videos.filter(({ linkSent }) => linkSent)
        const giveUp = batcher.sendAhead(context.chapterId, sent.map(contentOf))
        // A chapter that is closed before their actors start leaves nobody to ask for them.
        self.subscribe({ complete: giveUp })
      },
    },
  })
  return createActor(workspaceMachine.provide({ actors: { chapter } }), actorOptions).start()
}

export type Workspace = ReturnType<typeof createWorkspace>

const createBatcher = (queryClient: QueryClient, surroundings: Surroundings) =>
  createLinkBatcher({
    send: (chapterId, videos, signal) =>
      requestStream('POST /api/chapters/{chapterId}/videos/batch', {
        params: { chapterId },
        body: { videos },
        signal,
      }),
    keep: (chapterId, videos) => keepVideos(queryClient, chapterId, videos),
    pause: surroundings.nextTask,
  })

type LinkBatcher = ReturnType<typeof createBatcher>

/** The requests of a video's actor. Each resolves with what the server decided and rejects when that is unknown. */
function createVideoEffects(queryClient: QueryClient, batcher: LinkBatcher) {
  const confirm = (video: Video): Confirmation => {
    keepVideos(queryClient, video.chapterId, [video])
    return confirmationOf(video)
  }

  return {
    linkVideo: fromPromise<LinkOutcome, LinkRequest>(async ({ input, signal }) => {
      const answer = await batcher.link(input.chapterId, contentOf(input), signal, input.attempt)
      return 'video' in answer
        ? confirmationOf(answer.video)
        : { outcome: 'refused', problem: answer.problem }
    }),
    saveFilename: fromPromise<SaveOutcome, SaveRequest>(({ input, signal }) =>
      orRefusal(
        saveFilename(input, confirm, signal).catch((error) => {
          // The name may have arrived, or the video may be gone: the row shall show what the server has.
          void queryClient.invalidateQueries(videosQuery(input.chapterId))
          throw error
        }),
      ),
    ),
    removeVideo: fromPromise<RemovalOutcome, VideoAddress>(({ input, signal }) =>
      orRefusal(removeVideo(input, queryClient, signal)),
    ),
    restoreVideo: fromPromise<RestoreOutcome, VideoAddress>(({ input, signal }) =>
      orRefusal(restoreVideo(input, confirm, signal)),
    ),
  }
}

/**
 * Renames a video. That the server has another version than the one the name was typed over is a
 * conflict only if somebody else changed the name: neither a move nor an earlier try of ours is.
 */
async function saveFilename(
  { id, filename, base, unconfirmed }: SaveRequest,
  confirm: (video: Video) => Confirmation,
  signal: AbortSignal,
): Promise<SaveOutcome> {
  for (let version = base.version; ; ) {
    try {
      const video = await request('PATCH /api/videos/{videoId}', {
        params: { videoId: id },
        headers: { 'if-match': `"${version}"` },
        body: { filename },
        signal,
      })
      return confirm(video)
    } catch (error) {
      const current = currentVideoIn(error)
      if (!current) throw error
      const confirmation = confirm(current)
      const theirs = { filename: current.filename, version: current.version }
      if (theirs.filename === filename) return confirmation
      if (![base.filename, ...unconfirmed].includes(theirs.filename)) {
        return { outcome: 'conflict', theirs }
      }
      version = theirs.version
    }
  }
}

async function removeVideo(
  { id, chapterId }: VideoAddress,
  queryClient: QueryClient,
  signal: AbortSignal,
): Promise<RemovalOutcome> {
  await request('DELETE /api/videos/{videoId}', { params: { videoId: id }, signal })
  dropVideo(queryClient, chapterId, id)
  return { outcome: 'removed' }
}

async function restoreVideo(
  { id }: VideoAddress,
  confirm: (video: Video) => Confirmation,
  signal: AbortSignal,
): Promise<RestoreOutcome> {
  const video = await request('POST /api/videos/{videoId}/restore', {
    params: { videoId: id },
    signal,
  })
  return video ? confirm(video) : { outcome: 'unlinked' }
}

/** Gives every pick an id, which it keeps for good, and a place after the chapter's last video; decides whether its link can be sent. */
function place({ picks, after }: Extract<ChapterEvent, { type: 'videos.add' }>, chapterId: string) {
  const positions = generateNKeysBetween(after, null, picks.length)
  return picks.map((pick, index) => ({
    ...pick,
    id: uuidv7(),
    chapterId,
    position: positions[index] ?? '',
    version: 0,
    revision: 0,
    linkSent: onlineManager.isOnline(),
  }))
}

const contentOf = ({ id, mediaId, filename, position }: Link): Link => ({
  ...{ id, mediaId, filename, position },
})

const confirmationOf = ({ filename, version }: Video): Confirmation => ({
  outcome: 'confirmed',
  filename,
  version,
  confirmedAt: logicalTime(),
})

function orRefusal<Outcome>(outcome: Promise<Outcome>): Promise<Outcome | Refusal> {
  return outcome.catch((error: unknown) => {
    if (!(error instanceof ProblemError && isFinal(error))) throw error
    return { outcome: 'refused', problem: error.problem }
  })
}

function currentVideoIn(error: unknown): Video | undefined {
  if (!(error instanceof ProblemError) || error.status !== 412) return undefined
  return videoSchema.safeParse(error.problem.video).data
}
