import type { QueryClient } from '@tanstack/react-query'
import { makeChange } from '#client/lib/changes.ts'
import { noteThumbnail } from '#client/lib/thumbnail.tsx'
import { putThumbnail } from '../api/put-thumbnail.ts'
import { fitThumbnail, thumbnailEncoding } from './thumbnail-image.ts'

/** How often the thumbnail is sent again while it is unknown whether it has arrived. */
const maxRetries = 5

/** Makes the current frame of a player the thumbnail of its asset. */
export async function setThumbnailFromFrame(
  queryClient: QueryClient,
  mediaId: string,
  video: HTMLVideoElement,
): Promise<void> {
  const size = fitThumbnail(video.videoWidth, video.videoHeight)
  const canvas = Object.assign(document.createElement('canvas'), size)
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  const { type, quality } = thumbnailEncoding
  const image = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
  if (!image) throw new Error('The browser can’t draw the frame')
  await makeChange(
    queryClient,
    ['thumbnails', mediaId],
    { mediaId },
    {
      scope: { id: `thumbnail ${mediaId}` },
      send: () => putThumbnail(mediaId, image),
      applyResponse: async () => noteThumbnail(mediaId),
      retries: maxRetries,
      isForgotten: true,
    },
  )
}
