import type { QueryClient } from '@tanstack/react-query'
import { ProblemError, request } from '#client/lib/http.ts'
import { replaceName } from '#client/lib/own-versions.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaMergeResult } from '#contract/media-merge.ts'
import { z } from '#contract/zod.ts'
import type { TypedName } from '#ui/save-draft.ts'
import { makeAssetChange } from './make-asset-change.ts'

/** Renames an asset, unless someone else has renamed it since its editor was opened. */
export async function renameAsset(
  queryClient: QueryClient,
  mediaId: string,
  typed: TypedName,
): Promise<void> {
  const send = (headers: { 'if-match': string }) =>
    request('PATCH /api/media/{mediaId}', {
      params: { mediaId },
      headers,
      body: { filename: typed.name },
    })
  try {
    await makeAssetChange(queryClient, mediaId, {
      send: () => replaceName(mediaId, typed, send, readOtherFilename),
      // Until the editor is closed, it shows the new name.
      applyResponse: () => invalidateMedia(queryClient),
      // If the first attempt has arrived, its version is gone, and a second one would be refused.
      retries: 0,
    })
  } catch (error) {
    void invalidateMedia(queryClient)
    throw error
  }
}

/**
 * Gives an asset the file of another one, which is removed.
 * @throws ProblemError if the server refuses it; NoResponseError if there is no response
 */
export const replaceFile = (
  queryClient: QueryClient,
  mediaId: string,
  otherId: string,
): Promise<MediaAsset> =>
  exchange(queryClient, mediaId, () =>
    request('POST /api/media/{mediaId}/replace', {
      params: { mediaId },
      body: { mediaId: otherId },
    }),
  )

/**
 * Removes an asset and links its videos to another one with the same content.
 * @throws ProblemError if the server refuses it; NoResponseError if there is no response
 */
export const mergeAsset = (
  queryClient: QueryClient,
  mediaId: string,
  into: string,
): Promise<MediaMergeResult> =>
  exchange(queryClient, mediaId, () =>
    request('POST /api/media/{mediaId}/merge', { params: { mediaId }, body: { into } }),
  )

/** Sends a change to two assets, which also show in the rows of chapters. */
const exchange = <Result>(
  queryClient: QueryClient,
  mediaId: string,
  send: () => Promise<Result>,
): Promise<Result> =>
  makeAssetChange(queryClient, mediaId, {
    send,
    applyResponse: () =>
      Promise.all([
        invalidateMedia(queryClient),
        // Rows show the asset and its duration.
        queryClient.invalidateQueries({ queryKey: queryKeys.videoLists }),
      ]),
  })

/** Removes assets, one request each. Rejects after all have been tried, if any has failed. */
export const removeAssets = (queryClient: QueryClient, ids: readonly string[]): Promise<void> =>
  changeEach(queryClient, ids, (mediaId) =>
    request('DELETE /api/media/{mediaId}', { params: { mediaId } }),
  )

/** Restores assets, one request each. Rejects after all have been tried, if any has failed. */
export const restoreAssets = (queryClient: QueryClient, ids: readonly string[]): Promise<void> =>
  changeEach(queryClient, ids, (mediaId) =>
    request('POST /api/media/{mediaId}/restore', { params: { mediaId } }),
  )

async function changeEach(
  queryClient: QueryClient,
  ids: readonly string[],
  change: (mediaId: string) => Promise<unknown>,
): Promise<void> {
  const results = await Promise.allSettled(
    ids.map((id) => makeAssetChange(queryClient, id, { send: () => change(id) })),
  )
  await invalidateMedia(queryClient)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

const invalidateMedia = (queryClient: QueryClient) =>
  queryClient.invalidateQueries({ queryKey: queryKeys.allMedia })

const namedSchema = z.looseObject({ filename: z.string(), version: z.number() })

/** The name that someone else gave the asset, if that is why a rename was refused. */
export function readOtherFilename(error: unknown): { name: string; version: number } | undefined {
  if (!(error instanceof ProblemError && error.status === 412)) return undefined
  const { data } = namedSchema.safeParse(error.problem.asset)
  return data && { name: data.filename, version: data.version }
}
