import type { QueryClient } from '@tanstack/react-query'
import limitConcurrency from 'p-limit'
import { describeError, isFinal, ProblemError, request } from '#client/lib/http.ts'
import type { createLinkBatcher } from '#client/lib/link-batcher.ts'
import { logicalTime } from '#client/lib/logical-time.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { isProblemKind, type Problem } from '#contract/problem.ts'
import type { CurrentVideo, Video } from '#contract/videos.ts'
import {
  isPlaceRemoved,
  type RequestOutcome,
  UndecidedError,
  type VideoRequest,
} from '#machines/video.context.ts'
import { videosQuery } from './api/list-videos.ts'
import { confirm, readCurrent, refuse, toServerState, unlinked } from './request-outcomes.ts'
import { dropVideo, upsertVideos } from './video-cache.ts'

/**
 * The most changes in flight at a time. A browser opens no more connections to a server, and
 * whatever it queues itself goes ahead of all that the page requests later.
 */
const maxChangesInFlight = 6

interface RequestParts {
  queryClient: QueryClient
  batcher: ReturnType<typeof createLinkBatcher>
  pageId: string
}

/**
 * Sends a video's request. Resolves with the server's decision; rejects if the outcome is unknown,
 * with an `UndecidedError` if a response arrived.
 */
export function createSendRequest({ queryClient, batcher, pageId }: RequestParts) {
  const inTurn = limitConcurrency(maxChangesInFlight)

  async function send(sent: VideoRequest, signal: AbortSignal): Promise<RequestOutcome> {
    if (sent.kind !== 'link') return inTurn(() => sendChange(sent, signal))
    const answer = await batcher.link(sent.chapterId, sent.link, signal, sent.attempt)
    if ('video' in answer) return confirm(answer.video)
    refetchAfterRefusal(answer.problem, sent)
    return refuse(answer.problem)
  }

  async function sendChange(
    sent: Exclude<VideoRequest, { kind: 'link' }>,
    signal: AbortSignal,
  ): Promise<RequestOutcome> {
    // It may have been aborted while it waited for its turn.
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
        return upsertAndConfirm(video)
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
        return video
          ? upsertAndConfirm(video)
          : { outcome: 'confirmed', server: unlinked(revision) }
      }
    }
  }

  /** Refetches what the page needs to show the reason for a refusal. */
  function refetchAfterRefusal(problem: Problem, { kind, chapterId }: VideoRequest) {
    // The page has to show that the chapter, or its course, was removed.
    if (isPlaceRemoved(problem)) {
      void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
    }
    // The video may be gone: the row has to show what the server has.
    if (kind === 'change') void queryClient.invalidateQueries(videosQuery(chapterId))
    // The row points to the other one with its asset. One refetch for all refused together.
    else if (isProblemKind(problem, 'asset-already-linked')) {
      void queryClient.invalidateQueries(videosQuery(chapterId), { cancelRefetch: false })
    }
  }

  function upsertAndConfirm(video: Video): RequestOutcome {
    upsertVideos(queryClient, video.chapterId, [video])
    return confirm(video)
  }

  /** Adopts the state that somebody else's change has left. */
  function adopt({ status, video, revision }: CurrentVideo): RequestOutcome {
    if (!video) {
      // A tombstone without content: restoring it frees its id for a link.
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
      if (!(error instanceof ProblemError)) throw error
      if (!isFinal(error)) throw new UndecidedError(describeError(error), { cause: error })
      const current = readCurrent(error)
      if (current) return adopt(current)
      refetchAfterRefusal(error.problem, sent)
      return refuse(error.problem)
    }
  }
}
