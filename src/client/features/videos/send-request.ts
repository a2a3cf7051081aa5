import type { QueryClient } from '@tanstack/react-query'
import limitConcurrency from 'p-limit'
import { describeError, isFinal, ProblemError, request } from '#client/lib/http.ts'
import type { createLinkBatcher } from '#client/lib/link-batcher.ts'
import { nextLogicalTime } from '#client/lib/logical-time.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { isProblemKind, type Problem } from '#contract/problem.ts'
import type { CurrentVideo, Video } from '#contract/videos.ts'
import {
  isParentRemoved,
  type RequestOutcome,
  UndecidedError,
  type VideoRequest,
} from '#machines/video.context.ts'
import { videosQuery } from './api/list-videos.ts'
import {
  createConfirmed,
  createRefused,
  createUnlinked,
  readCurrent,
  toServerState,
} from './request-outcomes.ts'
import { removeCachedVideo, upsertVideos } from './video-cache.ts'
import { whenChapterExists } from './when-chapter-exists.ts'

/**
 * The most changes in flight at a time. Browsers open at most six connections per server, and send
 * what they queue beyond that before anything that the page requests later.
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
export function createRequestSender({ queryClient, batcher, pageId }: RequestParts) {
  const inTurn = limitConcurrency(maxChangesInFlight)

  async function send(videoRequest: VideoRequest, signal: AbortSignal): Promise<RequestOutcome> {
    if (videoRequest.kind === 'change') {
      await whenChapterExists(queryClient, videoRequest.patch.chapterId, signal)
    }
    if (videoRequest.kind !== 'link') return inTurn(() => sendChange(videoRequest, signal))
    const { chapterId, link, attempt } = videoRequest
    const outcome = await batcher.link(chapterId, link, signal, attempt)
    if ('video' in outcome) return createConfirmed(outcome.video)
    refetchAfterRefusal(outcome.problem, videoRequest)
    return createRefused(outcome.problem)
  }

  async function sendChange(
    videoRequest: Exclude<VideoRequest, { kind: 'link' }>,
    signal: AbortSignal,
  ): Promise<RequestOutcome> {
    // It may have been aborted while it waited for its turn.
    signal.throwIfAborted()
    const { id, chapterId, revision } = videoRequest
    const params = { videoId: id }
    const headers = { 'lectern-revision': String(revision), 'lectern-page': pageId }
    switch (videoRequest.kind) {
      case 'change': {
        const ifMatch = { 'if-match': `"${videoRequest.version}"` }
        const video = await request('PATCH /api/videos/{videoId}', {
          params,
          headers: { ...headers, ...ifMatch },
          body: videoRequest.patch,
          signal,
        })
        if (video.chapterId !== chapterId) removeCachedVideo(queryClient, chapterId, id)
        return upsertAndConfirm(video)
      }
      case 'remove': {
        await request('DELETE /api/videos/{videoId}', { params, headers, signal })
        removeCachedVideo(queryClient, chapterId, id)
        return {
          outcome: 'confirmed',
          server: { status: 'removed', revision, at: nextLogicalTime() },
        }
      }
      case 'restore': {
        const video = await request('POST /api/videos/{videoId}/restore', {
          params,
          headers,
          signal,
        })
        return video
          ? upsertAndConfirm(video)
          : { outcome: 'confirmed', server: createUnlinked(revision) }
      }
    }
  }

  /** Refetches what the page needs to show the reason for a refusal. */
  function refetchAfterRefusal(problem: Problem, { kind, chapterId }: VideoRequest) {
    // The page has to show that the chapter, or its course, was removed.
    if (isParentRemoved(problem)) {
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
    return createConfirmed(video)
  }

  /** Adopts the state that someone else's change has left. */
  function adopt({ status, video, revision }: CurrentVideo): RequestOutcome {
    if (!video) {
      // A tombstone without content: restoring it frees its id for a link.
      const isRemoved = status === 'removed' && { status }
      return { outcome: 'stale', server: { ...createUnlinked(revision), ...isRemoved } }
    }
    if (status === 'linked') upsertVideos(queryClient, video.chapterId, [video])
    else removeCachedVideo(queryClient, video.chapterId, video.id)
    return {
      outcome: 'stale',
      server: { ...toServerState(video), status: status === 'linked' ? 'linked' : 'removed' },
    }
  }

  return async (videoRequest: VideoRequest, signal: AbortSignal): Promise<RequestOutcome> => {
    try {
      return await send(videoRequest, signal)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (!isFinal(error)) throw new UndecidedError(describeError(error), { cause: error })
      const current = readCurrent(error)
      if (current) return adopt(current)
      refetchAfterRefusal(error.problem, videoRequest)
      return createRefused(error.problem)
    }
  }
}
