import { ALL_FORMATS, BlobSource, CanvasSink, Input, Logging, LogLevel } from 'mediabunny'
import { fitThumbnail, thumbnailEncoding } from './thumbnail-image.ts'

Logging.level = LogLevel.Silent

/** The duration in seconds comes first, if the file has one; the thumbnail is the last message. */
export type ReadMessage = { durationSeconds: number } | { thumbnail: Blob | null }

/** How far into the video to take the frame, from 0 to 1: the first one is often black. */
const framePosition = 0.1

// `self` has the type of a window here, not of a worker's scope.
const post = (message: ReadMessage) => self.postMessage(message)

self.addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  post({ thumbnail: await readVideo(data).catch(() => null) })
})

/**
 * Reports the duration of a video, then draws a frame of it; `null` for a file without a picture
 * that this browser can decode.
 */
async function readVideo(file: Blob): Promise<Blob | null> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  if (!track) return null
  const durationSeconds = await input.computeDuration()
  if (durationSeconds > 0 && Number.isFinite(durationSeconds)) post({ durationSeconds })
  if (!(await track.canDecode())) return null
  const { width } = fitThumbnail(await track.getDisplayWidth(), await track.getDisplayHeight())
  const start = await track.getFirstTimestamp()
  const sink = new CanvasSink(track, { width })
  const frame = await sink.getCanvas(start + (durationSeconds - start) * framePosition)
  if (!(frame?.canvas instanceof OffscreenCanvas)) return null
  return frame.canvas.convertToBlob(thumbnailEncoding)
}
