import { noteThumbnail } from '#client/lib/thumbnail.tsx'
import { putThumbnail } from '../api/put-thumbnail.ts'

/** The longer side of a thumbnail, in pixels. */
const side = 480

/** Makes the frame that a player shows the thumbnail of its asset. */
export async function captureFrame(mediaId: string, video: HTMLVideoElement): Promise<void> {
  const { videoWidth, videoHeight } = video
  const scale = side / Math.max(videoWidth, videoHeight, 1)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(videoWidth * scale))
  canvas.height = Math.max(1, Math.round(videoHeight * scale))
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  const image = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', 0.8),
  )
  if (!image) throw new Error('The browser can’t draw the frame')
  await putThumbnail(mediaId, image)
  noteThumbnail(mediaId)
}
