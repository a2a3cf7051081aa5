import type { QueryClient } from '@tanstack/react-query'
import { type ActorOptions, createActor, fromCallback, fromPromise } from 'xstate'
import { connectionReady } from '#client/lib/connection.ts'
import { framePainted, yieldToBrowser } from '#client/lib/frame.ts'
import { requestStream } from '#client/lib/http.ts'
import { createLinkBatcher } from '#client/lib/link-batcher.ts'
import { tabId } from '#client/lib/tab-lock.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { computeBackoff } from '#machines/backoff.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { maxAttempts, type VideoInput } from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { delay } from '#shared/delay.ts'
import { createRequestSender } from './send-request.ts'
import { upsertVideos } from './video-cache.ts'

/** What the actors need from the browser, apart from requests. */
export interface Environment {
  framePainted: (signal: AbortSignal) => Promise<void>
  yieldToBrowser: () => Promise<void>
  delay: (milliseconds: number, signal: AbortSignal) => Promise<void>
  random: () => number
  /** The page's id, which tells its changes from those of other pages. */
  pageId: string
  /** XState's clock and inspector. */
  actorOptions?: Pick<ActorOptions<typeof authoringMachine>, 'clock' | 'inspect'>
}

const createBrowserEnvironment = (): Environment => ({
  framePainted,
  yieldToBrowser,
  delay,
  random: Math.random,
  pageId: tabId,
})

/** Starts the root actor with its effects: requests, connection and frames. */
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
    pause: environment.yieldToBrowser,
  })
  const sendRequest = createRequestSender({ queryClient, batcher, pageId: environment.pageId })
  const video = videoMachine.provide({
    actors: {
      connectionReady: fromPromise(({ input, signal }) =>
        connectionReady(input.attempt >= maxAttempts, environment.delay, signal),
      ),
      sendRequest: fromPromise(({ input, signal }) => sendRequest(input, signal)),
    },
    // One jitter for the whole page: pages of different people retry at different times, the links
    // of one page together.
    delays: { backoff: ({ context }) => jitter * computeBackoff(context.attempt) },
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
