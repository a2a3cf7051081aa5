import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { nodeFlags } from './node-flags.ts'

const built = path.resolve(import.meta.dirname, '../../dist/server')

export type RunningServer = Awaited<ReturnType<typeof startServer>>

/**
 * Starts the built server in a process, on a free port and over a copy of `dataFolder`.
 * @param faults in the format of `LECTERN_FAULTS`
 */
export async function startServer(dataFolder: string, faults?: string) {
  const folder = temporaryFolder()
  cpSync(dataFolder, folder, { recursive: true })
  const start = (port: string) => run('main.js', [], folder, { PORT: port, LECTERN_FAULTS: faults })
  let server = start('0')
  const address = await readAddress(server)

  async function startAgain() {
    server = start(new URL(address).port)
    await readAddress(server)
  }

  return {
    address,
    async stop() {
      await end(server)
      rmSync(folder, { recursive: true })
    },
    /** Stops the server while `meanwhile` runs, and restarts it at the same address. */
    async pause(meanwhile: () => Promise<void>) {
      await end(server)
      await meanwhile()
      await startAgain()
    },
    /** Kills the server, as a power failure would, and restarts it at the same address. */
    async kill() {
      await end(server, 'SIGKILL')
      await startAgain()
    },
  }
}

/** Fills a data folder as `npm run seed` does. */
export async function runSeed(folder: string, ...size: string[]) {
  const [code] = await once(run('seed.js', size, folder), 'exit')
  if (code !== 0) throw new Error('The data folder could not be filled')
}

export const temporaryFolder = () => mkdtempSync(path.join(tmpdir(), 'lectern-e2e-'))

function run(script: string, args: string[], folder: string, environment = {}) {
  return spawn(process.execPath, [...nodeFlags, path.join(built, script), ...args], {
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

async function end(server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') {
  if (server.exitCode !== null) return
  server.kill(signal)
  await once(server, 'exit')
}
