import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { v8Flags } from './v8-flags.ts'

const built = path.resolve(import.meta.dirname, '../../dist/server')

export type RunningServer = Awaited<ReturnType<typeof startServer>>

/** Environment variables of the server. */
type Environment = Record<string, string | undefined>

/**
 * Starts the built server as a process, on a free port and with a copy of `dataFolder`.
 * @param faults in the format of `LECTERN_FAULTS`
 */
export async function startServer(dataFolder: string, faults?: string) {
  const folder = temporaryFolder()
  cpSync(dataFolder, folder, { recursive: true })
  const server = await startServerIn(folder, { LECTERN_FAULTS: faults })
  return {
    ...server,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Starts the built server as a process, on a free port and with a data folder. */
export async function startServerIn(folder: string, environment: Environment) {
  const start = (port: string) => run('main.js', [], folder, { PORT: port, ...environment })
  let server = start('0')
  const address = await readAddress(server)

  async function restart(signal: Signal, meanwhile: () => Promise<void>) {
    await end(server, signal)
    await meanwhile()
    server = start(new URL(address).port)
    await readAddress(server)
  }

  return {
    address,
    stop: () => end(server),
    /** Stops the server while `meanwhile` runs, and restarts it at the same address. */
    pause: (meanwhile: () => Promise<void>) => restart('SIGTERM', meanwhile),
    /** Like `pause`, but kills the server, as a power failure would. */
    kill: (meanwhile = async () => {}) => restart('SIGKILL', meanwhile),
  }
}

/** Fills the database as `npm run seed` does: the one in the folder, or that of `DATABASE_URL`. */
export async function runSeed(folder: string, size: string[], environment?: Environment) {
  const [code] = await once(run('seed.js', size, folder, environment), 'exit')
  if (code !== 0) throw new Error('The database could not be seeded')
}

export const temporaryFolder = () => mkdtempSync(path.join(tmpdir(), 'lectern-e2e-'))

function run(script: string, args: string[], folder: string, environment: Environment = {}) {
  return spawn(process.execPath, [...v8Flags, path.join(built, script), ...args], {
    env: {
      ...process.env,
      LECTERN_DATA: folder,
      LECTERN_LOG: 'error',
      DATABASE_URL: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function readAddress(server: ChildProcess): Promise<string> {
  if (!server.stdout) throw new Error('The server has no output')
  for await (const line of createInterface(server.stdout)) {
    const address = /^Lectern is at (http\S+)/.exec(line)?.[1]
    if (address) return address
  }
  throw new Error('The server ended before it listened')
}

type Signal = 'SIGTERM' | 'SIGKILL'

async function end(server: ChildProcess, signal: Signal = 'SIGTERM') {
  if (server.exitCode !== null) return
  server.kill(signal)
  await once(server, 'exit')
}
