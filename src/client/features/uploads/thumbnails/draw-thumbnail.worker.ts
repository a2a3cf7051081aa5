import { ALL_FORMATS, BlobSource, CanvasSink, Input, Logging, LogLevel } from 'mediabunny'
import { fitThumbnail, thumbnailEncoding } from './thumbnail-image.ts'

Logging.level = LogLevel.Silent

/** Where in the video the frame is from: the first one is often black. */
const part = 0.1

// The page's types have a window here, and not a worker's own scope.
self.addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  self.postMessage(await drawFrame(data).catch(() => null))
})

/** Draws a frame of a video; `null` for a file without a picture that this browser can decode. */
async function drawFrame(file: Blob): Promise<Blob | null> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  if (!track || !(await track.canDecode())) return null
  const { width } = fitThumbnail(await track.getDisplayWidth(), await track.getDisplayHeight())
  const start = await track.getFirstTimestamp()
  const duration = await input.computeDuration()
  const sink = new CanvasSink(track, { width })
  const frame = await sink.getCanvas(start + (duration - start) * part)
  if (!(frame?.canvas instanceof OffscreenCanvas)) return null
  return frame.canvas.convertToBlob(thumbnailEncoding)
}
