import type { QueryClient } from '@tanstack/react-query'
import { type ChangeRequest, makeChange } from '#client/lib/changes.ts'

/** How often a change is retried while its outcome is unknown. */
export const maxRetries = 5

type AssetChangeRequest<Answer> = Pick<ChangeRequest<Answer>, 'send'> &
  Partial<Pick<ChangeRequest<Answer>, 'applyAnswer' | 'retries'>>

/**
 * Sends a change to an asset, after the earlier ones to the same asset.
 * @throws ProblemError if the server refuses it; NoResponseError if there is no response
 */
export const makeAssetChange = <Answer>(
  queryClient: QueryClient,
  mediaId: string,
  { send, applyAnswer = () => Promise.resolve(), retries = maxRetries }: AssetChangeRequest<Answer>,
): Promise<Answer> =>
  makeChange(
    queryClient,
    ['media', mediaId],
    { mediaId },
    { scope: { id: `media ${mediaId}` }, send, applyAnswer, retries, isForgotten: true },
  )
