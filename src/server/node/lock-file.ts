import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { errorCode } from '#shared/error-message.ts'

const holderSchema = z.object({
  id: z.uuid(),
  /** The scope in which the holder's name in `socket-lock.ts` is visible. */
  scope: z.string(),
  pid: z.int(),
  host: z.string(),
  since: z.iso.datetime(),
})

/** The process that holds a folder, according to its lock file. */
export type Holder = z.infer<typeof holderSchema>

/** Milliseconds between two heartbeats, and how long to wait for one. */
export type Heartbeat = { interval: number; timeout: number }

/**
 * Why a lock file was not created: the process that holds it, or `undefined` if the file is
 * unreadable.
 */
export type Held = { holder: Holder | undefined }

/**
 * Creates a lock file, or finds out who holds it. A file without a heartbeat belongs to a process
 * that was killed, and is replaced; no clocks are compared.
 * @param isDead Whether its holder is known to be gone, so that there is no need to wait.
 */
export async function createLockFile(
  file: string,
  holder: Holder,
  heartbeat: Heartbeat,
  isDead: (current: Holder) => boolean,
): Promise<'created' | Held> {
  while (!create(file, holder)) {
    const current = readHolder(file)
    const isAlive = !(current && isDead(current)) && (await hasHeartbeat(file, heartbeat))
    if (isAlive || !removeStale(file, current)) return { holder: current ?? readHolder(file) }
  }
  return 'created'
}

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

/** Reads who holds a lock file; `undefined` if it is missing or unreadable. */
export function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Waits for a heartbeat of the file, up to the timeout. */
async function hasHeartbeat(file: string, { interval, timeout }: Heartbeat): Promise<boolean> {
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
 * Moves the file aside before removing it: two processes that found the same stale file must not
 * remove each other's new one. `false` if the file had been replaced by then.
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
