import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { errorCode } from '#shared/error-message.ts'

const holderSchema = z.object({
  id: z.uuid(),
  /** Where the holder's name in `socket-lock.ts` is seen. */
  scope: z.string(),
  pid: z.int(),
  host: z.string(),
  since: z.iso.datetime(),
})

/** The process that holds a folder, as its lock file tells. */
export type Holder = z.infer<typeof holderSchema>

/** Milliseconds between two heartbeats, and how long to wait for one. */
export type Heartbeat = { interval: number; timeout: number }

/**
 * Why a lock file was not created: the process that holds it, or `undefined` if the file is
 * unreadable.
 */
export type Held = { holder: Holder | undefined }

/**
 * Creates a lock file and keeps it alive, or finds who does. A file that has no heartbeat
 * belongs to a process that was killed, and is replaced; no clocks are compared.
 * @param isDead Whether its holder is known to be gone, so that nothing is to be waited for.
 */
export async function createLockFile(
  file: string,
  holder: Holder,
  heartbeat: Heartbeat,
  isDead: (other: Holder) => boolean,
): Promise<'created' | Held> {
  while (!create(file, holder)) {
    const other = readHolder(file)
    const isAlive = !(other && isDead(other)) && (await beats(file, heartbeat))
    if (isAlive || !removeStale(file, other)) return { holder: other ?? readHolder(file) }
  }
  return 'created'
}

/**
 * Keeps a lock file alive from a thread of its own, since a long statement of the embedded database
 * blocks this one. `onLost` is called when the file is gone or another process has replaced it,
 * which happens when this one was suspended for too long.
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

// A string, since a bundler would have to be told to leave the file alone.
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
    // Whatever else fails, such as for want of file descriptors, is tried again.
    return error.code !== 'ENOENT' && error.code !== 'ENOTDIR'
  }
}
`

function create(file: string, holder: Holder): boolean {
  try {
    const descriptor = openSync(file, 'wx')
    writeSync(descriptor, `${JSON.stringify(holder)}\n`)
    closeSync(descriptor)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Reads who holds a lock file; `undefined` where it does not tell. */
export function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Tells whether the file has a heartbeat before the timeout. */
async function beats(file: string, { interval, timeout }: Heartbeat): Promise<boolean> {
  const first = readBeat(file)
  for (let waited = 0; waited < timeout; waited += interval / 2) {
    await sleep(interval / 2)
    const next = readBeat(file)
    if (next !== first) return next !== undefined
  }
  return false
}

const readBeat = (file: string) => {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && `${found.ino} ${found.mtimeMs}`
}

/**
 * Moves the file aside before it is removed: two processes that found the same dead one must not
 * remove each other's. `false` if it was another file by then.
 */
function removeStale(file: string, found: Holder | undefined): boolean {
  const aside = `${file}.${crypto.randomUUID()}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true
    throw error
  }
  const isSame = readHolder(aside)?.id === found?.id
  if (isSame) rmSync(aside)
  else renameSync(aside, file)
  return isSame
}
