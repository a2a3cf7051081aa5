import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { createLockFile, type Heartbeat, type Held, type Holder, readHolder } from './lock-file.ts'
import { keepAlive } from './lock-heartbeat.ts'
import { acquireName } from './socket-lock.ts'

const defaultHeartbeat: Heartbeat = { interval: 1000, timeout: 5000 }

type Options = {
  /** Called when another process has taken over the folder: this one must stop writing to it. */
  onLost: () => void
  heartbeat?: Heartbeat
  /** The folder's name, and the scope in which it is visible; by default, as on this machine. */
  identity?: Identity
}

type Identity = { name: string; scope: string }

/**
 * Locks a folder for this process, or finds out who holds it. A socket shows at once whether
 * another process on this machine holds it, even after a kill. A file with heartbeats in the folder
 * shows holders that the socket can't: those in other containers, network namespaces or machines.
 * If one of these was killed, locking waits for its heartbeat for a few seconds.
 */
export async function lockFolder(
  folder: string,
  { onLost, heartbeat = defaultHeartbeat, identity = identify(folder) }: Options,
): Promise<{ release: () => void } | Held> {
  const file = path.join(folder, 'lock')
  const name = await acquireName(identity.name)
  if (!name) return { holder: readHolder(file) }
  const holder = describeThisProcess(identity.scope)
  const created = await createLockFile(
    file,
    holder,
    heartbeat,
    ({ scope }) => scope === holder.scope,
  )
  if (created !== 'created') {
    name.release()
    return created
  }
  const life = keepAlive(file, holder, heartbeat, onLost)
  const release = () => {
    process.off('exit', release)
    life.stop()
    name.release()
  }
  process.once('exit', release)
  return { release }
}

/** Identifies a folder by its device and inode, which are the same on every path to it. */
function identify(folder: string): Identity {
  const { dev, ino } = statSync(folder, { bigint: true })
  const name = `${dev}:${ino}`
  return { name, scope: `${name} ${describeNamespace()}` }
}

function describeNamespace(): string {
  if (process.platform !== 'linux') return `${hostname()} ${tmpdir()}`
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot} ${readlinkSync('/proc/self/ns/net')}`
  } catch {
    return crypto.randomUUID()
  }
}

const describeThisProcess = (scope: string): Holder => ({
  id: crypto.randomUUID(),
  scope,
  pid: process.pid,
  host: hostname(),
  since: new Date().toISOString(),
})
