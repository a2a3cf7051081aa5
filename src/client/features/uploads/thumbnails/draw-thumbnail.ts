import { fetchCode } from '#client/lib/fetch-code.ts'
import type { ReadMessage } from './draw-thumbnail.worker.ts'
import workerUrl from './draw-thumbnail.worker.ts?worker&url'

/** The time limit for a thumbnail, in ms: reading a damaged file may never end. */
const maxTime = 10_000

/** Preloads the worker's code. */
export const fetchThumbnailWorker = () => fetchCode([workerUrl])

/**
 * Draws a frame of a video in a worker, which is terminated if it takes too long.
 * @param onDuration called with the duration in seconds, once it is read
 * @returns a JPEG; `null` if this browser can't decode the file in time
 */
export async function drawThumbnail(
  file: Blob,
  onDuration: (seconds: number) => void = () => {},
): Promise<Blob | null> {
  await fetchThumbnailWorker()
  const worker = new Worker(workerUrl, { type: 'module' })
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  const timer = setTimeout(resolve, maxTime, null)
  worker.addEventListener('message', ({ data }: MessageEvent<ReadMessage>) => {
    if ('thumbnail' in data) resolve(data.thumbnail)
    else onDuration(data.durationSeconds)
  })
  worker.addEventListener('error', () => resolve(null))
  worker.postMessage(file)
  return promise.finally(() => {
    clearTimeout(timer)
    worker.terminate()
  })
}
