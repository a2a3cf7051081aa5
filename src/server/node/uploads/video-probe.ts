import { Worker } from 'node:worker_threads'
import pLimit from 'p-limit'
import type { Unusable, VideoFacts } from '../../dependencies.ts'

export type Probed = { outcome: 'usable'; facts: VideoFacts } | { outcome: Unusable }

/** Reads what a file is, without believing it. */
export type VideoProbe = (file: string) => Promise<Probed>

const defaultTimeLimit = 30_000
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
const script = new URL('./probe-worker.js', import.meta.url)

/**
 * Makes a probe that reads files in a thread of its own, one after the other. A file that takes more
 * time or memory than any video does ends the thread, and the next file gets a new one.
 * @param timeLimit in milliseconds
 */
export function createVideoProbe({ timeLimit = defaultTimeLimit } = {}): VideoProbe {
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
    return new Promise<Probed>((resolve) => {
      const giveUp = () => {
        worker = undefined
        void current.terminate()
        resolve({ outcome: 'endless' })
      }
      const timer = setTimeout(giveUp, timeLimit)
      current.once('error', giveUp)
      current.once('message', (probed: Probed) => {
        current.off('error', giveUp)
        resolve(probed)
        clearTimeout(timer)
      })
      current.postMessage(file)
    })
  }

  return (file) => inTurn(() => probe(file))
}
