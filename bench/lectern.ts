import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** A running server process. */
export interface Lectern {
  address: string
  processId: number
  /** Collects garbage, and resolves with the memory that is still in use, in bytes. */
  measureMemory: () => Promise<number>
  stop: () => Promise<void>
}

/** A folder with the repository's files, and its build in `dist`. */
export type Checkout = string

export const thisCheckout: Checkout = path.resolve(import.meta.dirname, '..')

/**
 * How long a server warms up before it is measured, in milliseconds; no user picks videos sooner.
 */
const warmUpTime = 2000

/**
 * Starts a checkout's built server and lets it warm up; `faults` as in LECTERN_FAULTS,
 * `databaseUrl` as in DATABASE_URL.
 */
export async function startLectern(
  dataFolder: string,
  { faults = '', checkout = thisCheckout, databaseUrl = '' } = {},
): Promise<Lectern> {
  const script = path.join(checkout, 'dist/server/main.js')
  const lectern = await spawnLectern(script, dataFolder, faults, databaseUrl)
  await sleep(warmUpTime)
  return lectern
}

const running = new Set<ChildProcess>()

/** Stops all servers that still run, such as those of a scenario that has failed. */
export async function stopServers() {
  await Promise.all([...running].map(stop))
}

const memoryReporter = path.join(import.meta.dirname, 'report-memory.cjs')

/** Runs a script that starts a server; resolves once the server prints its address. */
export async function spawnLectern(
  script: string,
  dataFolder: string,
  faults = '',
  databaseUrl = '',
): Promise<Lectern> {
  const server = spawn(process.execPath, ['--expose-gc', '--require', memoryReporter, script], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      HOST: '',
      DATABASE_URL: databaseUrl,
      LECTERN_DATA: dataFolder,
      LECTERN_FAULTS: faults,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  running.add(server)
  server.once('close', () => running.delete(server))
  return {
    address: await readAddress(server),
    processId: server.pid ?? 0,
    async measureMemory() {
      server.send('memory')
      const [bytes] = await once(server, 'message')
      return bytes
    },
    stop: () => stop(server),
  }
}

/** Reads how much memory a server uses, in bytes; Linux only. */
export function readMemory({ processId }: Lectern): number {
  const [, kibibytes] =
    /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8')) ?? []
  return Number(kibibytes) * 1024
}

/** Reads how much processor time a server has used, in ms; Linux only. */
export function readProcessorTime({ processId }: Lectern): number {
  const [, fields = ''] = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')
  const [user, system] = fields.split(' ').slice(11, 13).map(Number)
  return ((user ?? 0) + (system ?? 0)) * tickLength
}

/** The length of a clock tick, in which Linux counts, in ms. */
const tickLength = 10

async function readAddress({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The server has no output')
  const lines = createInterface({ input: stdout })
  for await (const line of lines) {
    const [, address] = /^Lectern is at (\S+)$/.exec(line) ?? []
    if (!address) continue
    stdout.resume()
    return address
  }
  throw new Error('The server exited before it listened; see its output above')
}

async function stop(server: ChildProcess) {
  if (!running.has(server)) return
  const closed = once(server, 'close')
  server.kill('SIGTERM')
  await closed
}
