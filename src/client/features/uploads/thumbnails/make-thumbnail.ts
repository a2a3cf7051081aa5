import limitConcurrency from 'p-limit'
import { noteLocalDuration } from '#client/lib/local-durations.ts'
import { noteLocalThumbnail, noteThumbnail } from '#client/lib/thumbnail.tsx'
import { putThumbnail } from '../api/put-thumbnail.ts'
import { drawThumbnail } from './draw-thumbnail.ts'

const drawInTurn = limitConcurrency(1)

/** A queue of its own: otherwise the first thumbnail would be sent after the last is drawn. */
const sendInTurn = limitConcurrency(1)

/** The thumbnails of files that were read before they were uploaded, by upload id. */
const drawn = new Map<string, Promise<Blob | null>>()

/**
 * Reads the duration of a video and draws its thumbnail, so that its row shows both before the
 * server has the file.
 */
export function previewFile(uploadId: string, file: Blob): void {
  const read = async () => {
    const image = await drawThumbnail(file, (seconds) => noteLocalDuration(uploadId, seconds))
    if (image) noteLocalThumbnail(uploadId, await readDataUrl(image))
    return image
  }
  const reading = drawInTurn(read)
  drawn.set(uploadId, reading)
  // `makeThumbnail` draws it again.
  reading.catch(() => {})
}

/** Discards what was drawn for an upload that is cancelled. */
export const discardDrawn = (uploadId: string): void => void drawn.delete(uploadId)

/**
 * Draws a thumbnail of an uploaded file, unless `previewFile` could, and sends it to the library:
 * one file at a time, in parallel with the uploads. Without one, the video shows a film icon.
 */
export async function makeThumbnail(uploadId: string, mediaId: string, file: Blob): Promise<void> {
  const ahead = drawn.get(uploadId)
  drawn.delete(uploadId)
  try {
    const draw = () => drawInTurn(() => drawThumbnail(file))
    const image = await (ahead?.catch(draw) ?? draw())
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
