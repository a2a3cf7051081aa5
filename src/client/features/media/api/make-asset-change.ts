import type { QueryClient } from '@tanstack/react-query'
import { type ChangeRequest, makeChange } from '#client/lib/changes.ts'

/** How often a change is retried while its outcome is unknown. */
export const maxRetries = 5

type AssetChangeRequest<Result> = Pick<ChangeRequest<Result>, 'send'> &
  Partial<Pick<ChangeRequest<Result>, 'applyResponse' | 'retries'>>

/**
 * Sends a change to an asset, after the earlier ones to the same asset.
 * @throws ProblemError if the server refuses it; NoResponseError if there is no response
 */
export const makeAssetChange = <Result>(
  queryClient: QueryClient,
  mediaId: string,
  {
    send,
    applyResponse = () => Promise.resolve(),
    retries = maxRetries,
  }: AssetChangeRequest<Result>,
): Promise<Result> =>
  makeChange(
    queryClient,
    ['media', mediaId],
    { mediaId },
    { scope: { id: `media ${mediaId}` }, send, applyResponse, retries, isForgotten: true },
  )
