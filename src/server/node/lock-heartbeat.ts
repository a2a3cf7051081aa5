import { rmSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { type Heartbeat, type Holder, readHolder } from './lock-file.ts'

/**
 * Keeps a lock file alive from a separate thread, since a long statement of the embedded database
 * blocks this one. `onLost` is called when the file is gone or another process has replaced it,
 * which happens when this process was suspended for too long.
 */
export function keepAlive(
  file: string,
  { id }: Holder,
  { interval }: Heartbeat,
  onLost: () => void,
) {
  const worker = new Worker(beat, { eval: true, execArgv: [], workerData: { file, id, interval } })
  worker.once('message', onLost)
  worker.unref()
  return {
    stop() {
      worker.off('message', onLost)
      void worker.terminate()
      if (readHolder(file)?.id === id) rmSync(file, { force: true })
    },
  }
}

// A string, since the bundler would need an exception for a separate file.
const beat = `
const { readFileSync, utimesSync } = require('node:fs')
const { parentPort, workerData: { file, id, interval } } = require('node:worker_threads')
const timer = setInterval(() => {
  if (isOurs()) return
  clearInterval(timer)
  parentPort.postMessage('lost')
}, interval)

function isOurs() {
  try {
    if (!readFileSync(file, 'utf8').includes(id)) return false
    utimesSync(file, new Date(), new Date())
    return true
  } catch (error) {
    // Any other failure, such as a lack of file descriptors, is retried.
    return error.code !== 'ENOENT' && error.code !== 'ENOTDIR'
  }
}
`
