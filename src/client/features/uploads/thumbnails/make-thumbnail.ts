import limitConcurrency from 'p-limit'
import { noteLocalDuration } from '#client/lib/local-durations.ts'
import { noteLocalThumbnail, noteThumbnail } from '#client/lib/thumbnail.tsx'
import { putThumbnail } from '../api/put-thumbnail.ts'
import { drawThumbnail } from './draw-thumbnail.ts'

const drawInTurn = limitConcurrency(1)

/** Apart from the drawing: of many files, the first is not sent after the last is drawn. */
const sendInTurn = limitConcurrency(1)

/** The thumbnails of files that were read before they were uploaded, by their uploads. */
const drawn = new Map<string, Promise<Blob | null>>()

/**
 * Reads how long the video of an upload is and draws its thumbnail, so that its row shows both
 * before the server has the file.
 */
export function readAhead(uploadId: string, file: Blob): void {
  const read = async () => {
    const image = await drawThumbnail(file, (seconds) => noteLocalDuration(uploadId, seconds))
    if (image) noteLocalThumbnail(uploadId, await readDataUrl(image))
    return image
  }
  drawn.set(
    uploadId,
    drawInTurn(read).catch(() => null),
  )
}

/**
 * Draws a thumbnail of an uploaded file, unless it was drawn ahead, and gives it to the library,
 * one file at a time and beside the uploads. Without one, a drawn film stands for the video.
 */
export async function makeThumbnail(uploadId: string, mediaId: string, file: Blob): Promise<void> {
  const ahead = drawn.get(uploadId)
  drawn.delete(uploadId)
  try {
    const image = await (ahead ?? drawInTurn(() => drawThumbnail(file)))
    if (!image) return
    await sendInTurn(() => putThumbnail(mediaId, image))
    noteThumbnail(mediaId)
  } catch {
    // A video without a picture is still a video.
  }
}

function readDataUrl(image: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.addEventListener('load', () => resolve(String(reader.result)))
  reader.addEventListener('error', () => reject(reader.error))
  reader.readAsDataURL(image)
  return promise
}
