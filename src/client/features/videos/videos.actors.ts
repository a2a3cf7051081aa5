import type { QueryClient } from '@tanstack/react-query'
import limitConcurrency from 'p-limit'
import { v7 as uuidv7 } from 'uuid'
import { type ActorOptions, createActor, fromCallback, fromPromise } from 'xstate'
import { isCurrentVideo, isVideo } from '#client/lib/answer-schemas.ts'
import { connectionReady } from '#client/lib/connection.ts'
import { framePainted, nextTask } from '#client/lib/frame.ts'
import { isFinal, ProblemError, request, requestStream } from '#client/lib/http.ts'
import { createLinkBatcher } from '#client/lib/link-batcher.ts'
import { logicalTime } from '#client/lib/logical-time.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { isOfKind, type Problem } from '#contract/problem.ts'
import type { CurrentVideo, Video } from '#contract/videos.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { backoffAfter } from '#machines/backoff.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import {
  isPlaceRemoved,
  maxAttempts,
  type RequestOutcome,
  type ServerState,
  type VideoInput,
  type VideoRequest,
} from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { delay } from '#shared/delay.ts'
import { videosQuery } from './api/list-videos.ts'
import { dropVideo, upsertVideos } from './video-cache.ts'

/** What the processes take from the browser besides its requests. */
export interface Environment {
  framePainted: (signal: AbortSignal) => Promise<void>
  nextTask: () => Promise<void>
  delay: (milliseconds: number, signal: AbortSignal) => Promise<void>
  random: () => number
  /** The page's id: its changes and those of other pages are told apart by it. */
  pageId: string
  /** XState's clock and inspector. */
  actorOptions?: Pick<ActorOptions<typeof authoringMachine>, 'clock' | 'inspect'>
}

const createBrowserEnvironment = (): Environment => ({
  framePainted,
  nextTask,
  delay,
  random: Math.random,
  pageId: uuidv7(),
})

/** Starts the root of all processes, with their effects: requests, connection and frames. */
export function createAuthoring(
  queryClient: QueryClient,
  environment: Environment = createBrowserEnvironment(),
) {
  const jitter = 0.5 + environment.random() / 2
  const batcher = createLinkBatcher({
    send: (chapterId, videos, signal) =>
      requestStream('POST /api/chapters/{chapterId}/videos/batch', {
        params: { chapterId },
        body: { videos },
        signal,
      }),
    upsert: (chapterId, videos) => upsertVideos(queryClient, chapterId, videos),
    pause: environment.nextTask,
  })
  const sendRequest = createSendRequest({ queryClient, batcher, pageId: environment.pageId })
  const video = videoMachine.provide({
    actors: {
      connectionReady: fromPromise(({ input, signal }) =>
        connectionReady(input.attempt >= maxAttempts, environment.delay, signal),
      ),
      sendRequest: fromPromise(({ input, signal }) => sendRequest(input, signal)),
    },
    // One jitter for all: the pages of many people retry at different times, the links of one
    // together.
    delays: { backoff: ({ context }) => jitter * backoffAfter(context.attempt) },
  })
  const chapter = chapterMachine.provide({
    actors: {
      video,
      framePainted: fromPromise(({ signal }) => environment.framePainted(signal)),
      prefetchLinks: fromCallback<{ type: string }, PrefetchInput>(({ input }) =>
        batcher.prefetch(input.chapterId, input.videos.map(toLink)),
      ),
    },
  })
  const authoring = authoringMachine.provide({ actors: { chapter } })
  return createActor(authoring, environment.actorOptions).start()
}

export type Authoring = ReturnType<typeof createAuthoring>

type PrefetchInput = { chapterId: string; videos: readonly VideoInput[] }

const toLink = ({ id, mediaId, filename, position }: VideoInput) => ({
  id,
  mediaId,
  filename,
  position,
})

/**
 * How many changes are in flight at a time. A browser opens no more connections to a server, and
 * what it queues itself goes before everything that the page asks for later.
 */
const maxChangesInFlight = 6

interface RequestParts {
  queryClient: QueryClient
  batcher: ReturnType<typeof createLinkBatcher>
  pageId: string
}

/**
 * Sends a video's request. Resolves with what the server decided and rejects when that is unknown.
 */
function createSendRequest({ queryClient, batcher, pageId }: RequestParts) {
  const inTurn = limitConcurrency(maxChangesInFlight)

  async function send(sent: VideoRequest, signal: AbortSignal): Promise<RequestOutcome> {
    if (sent.kind !== 'link') return inTurn(() => sendChange(sent, signal))
    const answer = await batcher.link(sent.chapterId, sent.link, signal, sent.attempt)
    if ('video' in answer) return confirm(answer.video)
    noteRefusal(answer.problem, sent)
    return refuse(answer.problem)
  }

  async function sendChange(
    sent: Exclude<VideoRequest, { kind: 'link' }>,
    signal: AbortSignal,
  ): Promise<RequestOutcome> {
    // It may have been called off while it waited for its turn.
    signal.throwIfAborted()
    const { id, chapterId, revision } = sent
    const params = { videoId: id }
    const headers = { 'lectern-revision': String(revision), 'lectern-page': pageId }
    switch (sent.kind) {
      case 'change': {
        const ifMatch = { 'if-match': `"${sent.version}"` }
        const video = await request('PATCH /api/videos/{videoId}', {
          params,
          headers: { ...headers, ...ifMatch },
          body: sent.patch,
          signal,
        })
        if (video.chapterId !== chapterId) dropVideo(queryClient, chapterId, id)
        return keep(video)
      }
      case 'remove': {
        await request('DELETE /api/videos/{videoId}', { params, headers, signal })
        dropVideo(queryClient, chapterId, id)
        return { outcome: 'confirmed', server: { status: 'removed', revision, at: logicalTime() } }
      }
      case 'restore': {
        const video = await request('POST /api/videos/{videoId}/restore', {
          params,
          headers,
          signal,
        })
        return video ? keep(video) : { outcome: 'confirmed', server: unlinked(revision) }
      }
    }
  }

  /** Refetches what the page has to show of the reason. */
  function noteRefusal(problem: Problem, { kind, chapterId }: VideoRequest) {
    // The chapter, or its course, has to say that it was removed.
    if (isPlaceRemoved(problem)) {
      void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
    }
    // The video may be gone: the row has to show what the server has.
    if (kind === 'change') void queryClient.invalidateQueries(videosQuery(chapterId))
    // The row leads to the other one that has its asset; once for all that are refused together.
    else if (isOfKind(problem, 'asset-already-linked')) {
      void queryClient.invalidateQueries(videosQuery(chapterId), { cancelRefetch: false })
    }
  }

  function keep(video: Video): RequestOutcome {
    upsertVideos(queryClient, video.chapterId, [video])
    return confirm(video)
  }

  /** Goes on from the state that somebody else's change left. */
  function adopt({ status, video, revision }: CurrentVideo): RequestOutcome {
    if (!video) {
      // A tombstone without content: a restoration makes its id free to be linked.
      const isRemoved = status === 'removed' && { status }
      return { outcome: 'stale', server: { ...unlinked(revision), ...isRemoved } }
    }
    if (status === 'linked') upsertVideos(queryClient, video.chapterId, [video])
    else dropVideo(queryClient, video.chapterId, video.id)
    return {
      outcome: 'stale',
      server: { ...toServerState(video), status: status === 'linked' ? 'linked' : 'removed' },
    }
  }

  return async (sent: VideoRequest, signal: AbortSignal): Promise<RequestOutcome> => {
    try {
      return await send(sent, signal)
    } catch (error) {
      if (!(error instanceof ProblemError && isFinal(error))) throw error
      const current = readCurrent(error)
      if (current) return adopt(current)
      noteRefusal(error.problem, sent)
      return refuse(error.problem)
    }
  }
}

const confirm = (video: Video): RequestOutcome => ({
  outcome: 'confirmed',
  server: toServerState(video),
})

const refuse = (problem: ProblemError['problem']): RequestOutcome => ({
  outcome: 'refused',
  problem,
  ...(typeof problem.revision === 'number' && { revision: problem.revision }),
})

const toServerState = (video: Video): ServerState => ({
  status: 'linked',
  filename: video.filename,
  chapterId: video.chapterId,
  position: video.position,
  version: video.version,
  revision: video.revision,
  at: logicalTime(),
})

const unlinked = (revision: number) => ({
  status: 'unlinked' as const,
  version: 0,
  revision,
  at: logicalTime(),
})

/** The row that a 412 and a stale revision's 409 show. */
function readCurrent({ status, problem }: ProblemError): CurrentVideo | undefined {
  if (status === 409) return isCurrentVideo(problem.current) ? problem.current : undefined
  if (status !== 412) return undefined
  if (!isVideo(problem.video)) return undefined
  const { video } = problem
  return { status: 'linked', video, revision: video.revision }
}
