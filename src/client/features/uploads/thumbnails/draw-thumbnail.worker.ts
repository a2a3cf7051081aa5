import { ALL_FORMATS, BlobSource, CanvasSink, Input, Logging, LogLevel } from 'mediabunny'
import { fitThumbnail, thumbnailEncoding } from './thumbnail-image.ts'

Logging.level = LogLevel.Silent

/** The duration in seconds comes first, if the file tells it; the thumbnail ends the reading. */
export type ReadMessage = { durationSeconds: number } | { thumbnail: Blob | null }

/** Where in the video the frame is from: the first one is often black. */
const part = 0.1

// The page's types have a window here, and not a worker's own scope.
const tell = (message: ReadMessage) => self.postMessage(message)

self.addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  tell({ thumbnail: await readVideo(data).catch(() => null) })
})

/**
 * Tells how long a video is, and draws a frame of it; `null` for a file without a picture that this
 * browser can decode.
 */
async function readVideo(file: Blob): Promise<Blob | null> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  if (!track) return null
  const durationSeconds = await input.computeDuration()
  if (durationSeconds > 0 && Number.isFinite(durationSeconds)) tell({ durationSeconds })
  if (!(await track.canDecode())) return null
  const { width } = fitThumbnail(await track.getDisplayWidth(), await track.getDisplayHeight())
  const start = await track.getFirstTimestamp()
  const sink = new CanvasSink(track, { width })
  const frame = await sink.getCanvas(start + (durationSeconds - start) * part)
  if (!(frame?.canvas instanceof OffscreenCanvas)) return null
  return frame.canvas.convertToBlob(thumbnailEncoding)
}
