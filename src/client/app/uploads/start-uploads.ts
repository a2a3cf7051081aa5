import type { QueryClient } from '@tanstack/react-query'
import { replaceFile } from '../../features/media/api/change-asset.ts'
import { takeReplacement } from '../../features/uploads/replacements.ts'
import { useUploadErrors } from '../../features/uploads/upload-errors.store.ts'
import { createUploads } from '../../features/uploads/uploads.actors.ts'
import { notifyAssetReady } from '../../features/videos/closed-chapters.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { describeError } from '../../lib/http.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/** Starts the upload queue, which notifies the chapters and the library of every ready file. */
export const startUploads = (queryClient: QueryClient, authoring: Authoring) =>
  createUploads({
    onReady: async (uploadId) => {
      const mediaId = takeReplacement(uploadId)
      if (mediaId !== undefined) return replaceWith(queryClient, mediaId, uploadId)
      notifyAssetReady(authoring, uploadId)
      void queryClient.invalidateQueries({ queryKey: queryKeys.allMedia })
      return uploadId
    },
  })

/** Replaces an asset's file with an upload. If that fails, the upload is an asset of its own. */
async function replaceWith(
  queryClient: QueryClient,
  mediaId: string,
  uploadId: string,
): Promise<string> {
  try {
    await replaceFile(queryClient, mediaId, uploadId)
    return mediaId
  } catch (error) {
    useUploadErrors.getState().report(uploadId, `The file wasn’t replaced: ${describeError(error)}`)
    return uploadId
  }
}
