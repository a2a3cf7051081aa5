import { Worker } from 'node:worker_threads'
import pLimit from 'p-limit'
import { errorCode } from '#shared/error-message.ts'
import type { Unusable, VideoFacts } from '../../dependencies.ts'

export type Probed = { outcome: 'usable'; facts: VideoFacts } | { outcome: Unusable }

/**
 * What the thread answers. A failure says nothing about the file, such as that it can't be opened.
 */
type Answer = Probed | { outcome: 'failed'; error: Error }

/** Reads what a file is, without believing it. Rejects where that failed for another reason. */
export type VideoProbe = (file: string) => Promise<Probed>

const defaultLimits = {
  /** Milliseconds that reading may take: a large file without an index is read as a whole. */
  time: 120_000,
  /** Milliseconds of that in which the thread may be busy, rather than wait for the disk. */
  work: 10_000,
}
const checkInterval = 250
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
const script = new URL('./probe-worker.js', import.meta.url)

/**
 * Makes a probe that reads files in a thread of its own, one after the other. A file that takes
 * more time or memory than any video does ends the thread, and the next file gets a new one.
 */
export function createVideoProbe(limits = defaultLimits): VideoProbe {
  const inTurn = pLimit(1)
  let worker: Worker | undefined

  function start(): Worker {
    const started = new Worker(script, { execArgv: [], resourceLimits })
    started.unref()
    return started
  }

  function probe(file: string): Promise<Probed> {
    worker ??= start()
    const current = worker
    return new Promise<Probed>((resolve, reject) => {
      const end = () => {
        worker = undefined
        void current.terminate()
      }
      const isOver = measure(current, limits)
      const timer = setInterval(() => {
        if (!isOver()) return
        clearInterval(timer)
        end()
        resolve({ outcome: 'endless' })
      }, checkInterval)
      const onError = (error: Error) => {
        clearInterval(timer)
        end()
        if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ outcome: 'endless' })
        else reject(error)
      }
      current.once('error', onError)
      current.once('message', (answer: Answer) => {
        clearInterval(timer)
        current.off('error', onError)
        if (answer.outcome === 'failed') reject(answer.error)
        else resolve(answer)
      })
      current.postMessage(file)
    })
  }

  return (file) => inTurn(() => probe(file))
}

/**
 * Measures a thread from now on. Its use of its loop is known even while it never comes to rest.
 */
function measure({ performance: thread }: Worker, limits: typeof defaultLimits): () => boolean {
  const startedAt = performance.now()
  const before = thread.eventLoopUtilization()
  return () =>
    performance.now() - startedAt > limits.time ||
    thread.eventLoopUtilization(before).active > limits.work
}
