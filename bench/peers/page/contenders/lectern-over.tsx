import { v7 as uuidv7 } from 'uuid'
import { createActor, fromCallback, fromPromise } from 'xstate'
import { createRequestSender } from '#client/features/videos/send-request.ts'
import { connectionReady } from '#client/lib/connection.ts'
import { framePainted } from '#client/lib/frame.ts'
import type { LinkOutcome } from '#client/lib/link-batcher.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import { createProblem } from '#contract/problem.ts'
import type { Link } from '#contract/videos.ts'
import { authoringMachine } from '#machines/authoring.machine.ts'
import { computeBackoff } from '#machines/backoff.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import type { VideoInput } from '#machines/video.context.ts'
import { maxAttempts } from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { delay } from '#shared/delay.ts'
import type { CreateContender, Transport } from '../layer.ts'
import { toLink } from '../rows.ts'
import { createLectern } from './lectern.tsx'
import { createCache } from './query-client.tsx'

/**
 * Lectern's layer with links over another transport than its own, one call each. Later changes and
 * the list use HTTP, as in Lectern.
 */
export const createContender: CreateContender = ({ chapterId, server }) => {
  const cache = createCache(createQueryClient())
  const links = createLinks(server)
  const parts = { queryClient: cache.queryClient, batcher: links, pageId: uuidv7() }
  const sendRequest = createRequestSender(parts)
  const video = videoMachine.provide({
    actors: {
      connectionReady: fromPromise(({ input, signal }) =>
        connectionReady(input.attempt >= maxAttempts, delay, signal),
      ),
      sendRequest: fromPromise(({ input, signal }) => sendRequest(input, signal)),
    },
    delays: { backoff: ({ context }) => computeBackoff(context.attempt) },
  })
  const chapter = chapterMachine.provide({
    actors: {
      video,
      framePainted: fromPromise(({ signal }) => framePainted(signal)),
      prefetchLinks: fromCallback<
        { type: string },
        { chapterId: string; videos: readonly VideoInput[] }
      >(({ input }) => links.prefetch(input.chapterId, input.videos.map(toLink))),
    },
  })
  const authoring = createActor(authoringMachine.provide({ actors: { chapter } })).start()
  return createLectern(chapterId, cache, authoring)
}

/** Stands in for Lectern's batcher: links that were sent with the press are awaited later. */
function createLinks(server: Transport) {
  const sent = new Map<string, Promise<LinkOutcome>>()

  const link = (_chapterId: string, request: Link) => {
    const answer = sent.get(request.id) ?? send(request)
    sent.delete(request.id)
    return answer
  }

  const send = (request: Link): Promise<LinkOutcome> =>
    server.link(request).then(
      (video) => ({ video }),
      // The bench's server cuts no connections: every failure is a refusal.
      ({ message }: Error) => ({ problem: createProblem('link-refused', message) }),
    )

  return {
    link,
    prefetch(_chapterId: string, links: readonly Link[]) {
      for (const request of links) sent.set(request.id, send(request))
      return () => {}
    },
  }
}
