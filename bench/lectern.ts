import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server process, made of what was built for production. */
export interface Lectern {
  address: string
  stop: () => Promise<void>
}

const root = path.resolve(import.meta.dirname, '..')

/** So long a server is given to warm up, in milliseconds: nobody picks videos sooner than that. */
const warmUp = 2000

/** Starts a server on a data folder; `faults` as in LECTERN_FAULTS. */
export async function startLectern(folder: string, faults?: string): Promise<Lectern> {
  const lectern = await spawnLectern([path.join(root, 'dist/server/main.js')], folder, faults)
  await sleep(warmUp)
  return lectern
}

/** Runs Node with these arguments and waits until the server that comes of it says where it listens. */
export async function spawnLectern(args: string[], folder: string, faults = ''): Promise<Lectern> {
  const server = spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      HOST: '',
      DATABASE_URL: '',
      LECTERN_DATA: folder,
      LECTERN_FAULTS: faults,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { address: await addressOf(server), stop: () => stop(server) }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The server’s output is not read')
  const lines = createInterface({ input: stdout })
  for await (const line of lines) {
    const [, address] = /^Lectern is at (\S+)$/.exec(line) ?? []
    if (!address) continue
    stdout.resume()
    return address
  }
  throw new Error('The server ended before it listened; its output above says why')
}

async function stop(server: ChildProcess) {
  const ended = once(server, 'close')
  server.kill('SIGTERM')
  await ended
}
