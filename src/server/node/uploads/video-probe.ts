import { MessageChannel, Worker } from 'node:worker_threads'
import pLimit from 'p-limit'
import { errorCode } from '#shared/error-message.ts'
import type { StoredFile, Unusable, VideoFacts } from '../../dependencies.ts'

export type Probed = { outcome: 'usable'; facts: VideoFacts } | { outcome: Unusable }

/** The thread's result. A failure, such as of a read, says nothing about the file. */
type Result = Probed | { outcome: 'failed'; error: Error }

/** Inspects a file without trusting it. Rejects if that fails for a reason other than the file. */
export type VideoProbe = (file: StoredFile) => Promise<Probed>

const defaultLimits = {
  /** Milliseconds that reading may take: a large file without an index is read completely. */
  time: 120_000,
  /** Milliseconds of that for which the thread may be busy, rather than wait for bytes. */
  work: 10_000,
}
const checkInterval = 250
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
const script = new URL('./probe-worker.js', import.meta.url)

/**
 * Creates a probe that reads files in a separate thread, one at a time. A file that takes
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

  function probe(file: StoredFile): Promise<Probed> {
    worker ??= start()
    const current = worker
    const reading = serveReads(file)
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
      current.once('message', (answer: Result) => {
        clearInterval(timer)
        current.off('error', onError)
        if (answer.outcome === 'failed') reject(reading.failure() ?? answer.error)
        else resolve(answer)
      })
      current.postMessage({ size: file.size, port: reading.port }, [reading.port])
    }).finally(reading.end)
  }

  return (file) => inTurn(() => probe(file))
}

type Read = { id: number; start: number; end: number }

/** Reads the parts of a file that a thread requests, and sends them to it. */
function serveReads(file: StoredFile) {
  const { port1: own, port2: port } = new MessageChannel()
  const ending = new AbortController()
  let failure: unknown
  own.on('message', async ({ id, start, end }: Read) => {
    try {
      const bytes = await readBytes(file, start, end, ending.signal)
      own.postMessage({ id, bytes }, [bytes.buffer])
    } catch (error) {
      failure ??= error
      own.postMessage({ id })
    }
  })
  return {
    port,
    failure: () => failure,
    end() {
      ending.abort()
      own.close()
    },
  }
}

/** Reads the bytes from `start` to `end` (exclusive), or to the end of the file. */
async function readBytes(file: StoredFile, start: number, end: number, signal: AbortSignal) {
  const bytes = new Uint8Array(Math.max(0, Math.min(end, file.size) - start))
  if (bytes.length === 0) return bytes
  let length = 0
  const collected = new WritableStream<Uint8Array>({
    write(chunk) {
      bytes.set(chunk, length)
      length += chunk.length
    },
  })
  await file.stream(start, start + bytes.length - 1).pipeTo(collected, { signal })
  return bytes
}

/**
 * Starts to measure a thread. Its event loop utilization can be read even while it never idles.
 */
function measure({ performance: thread }: Worker, limits: typeof defaultLimits): () => boolean {
  const startedAt = performance.now()
  const before = thread.eventLoopUtilization()
  return () =>
    performance.now() - startedAt > limits.time ||
    thread.eventLoopUtilization(before).active > limits.work
}
