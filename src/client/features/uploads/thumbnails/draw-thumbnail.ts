import { fetchCode } from '#client/lib/fetch-code.ts'
import type { ReadMessage } from './draw-thumbnail.worker.ts'
import workerUrl from './draw-thumbnail.worker.ts?worker&url'

/** How long a thumbnail may take: a damaged file can make its reading endless. In ms. */
const maxTime = 10_000

/** Loads the worker's code ahead. */
export const fetchThumbnailWorker = () => fetchCode([workerUrl])

/**
 * Draws a frame of a video, in a worker that is ended when it takes too long.
 * @param hearDuration called with its duration in seconds as soon as that is read, if it is
 * @returns a JPEG; `null` for a file that this browser can't decode, or reads without end
 */
export async function drawThumbnail(
  file: Blob,
  hearDuration: (seconds: number) => void = () => {},
): Promise<Blob | null> {
  await fetchThumbnailWorker()
  const worker = new Worker(workerUrl, { type: 'module' })
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  const timer = setTimeout(resolve, maxTime, null)
  worker.addEventListener('message', ({ data }: MessageEvent<ReadMessage>) => {
    if ('thumbnail' in data) resolve(data.thumbnail)
    else hearDuration(data.durationSeconds)
  })
  worker.addEventListener('error', () => resolve(null))
  worker.postMessage(file)
  return promise.finally(() => {
    clearTimeout(timer)
    worker.terminate()
  })
}
