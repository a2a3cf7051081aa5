import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { v8Flags } from './v8-flags.ts'

const root = path.resolve(import.meta.dirname, '../..')
const builtServer = [...v8Flags, path.join(root, 'dist/server/main.js')]

/** The arguments of Node that run the server from its sources, as `npm run dev` does. */
export const devServer = [path.join(root, 'scripts/dev.mjs')]

const folders: string[] = []
const running = new Set<ServerProcess>()

export type ServerProcess = ReturnType<typeof spawnServer>

/**
 * Runs the built server as its users do, on a free port unless `PORT` is given.
 * @param wrapper a command that runs it, such as `unshare -n`
 * @param script what Node runs instead of the built server
 */
export function spawnServer(
  dataFolder: string,
  environment: Record<string, string> = {},
  wrapper: readonly string[] = [],
  script: readonly string[] = builtServer,
) {
  const [command = process.execPath, ...args] = [...wrapper, process.execPath, ...script]
  const child = spawn(command, args, {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      LECTERN_LOG: 'warn',
      LECTERN_DATA: dataFolder,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = once(child, 'close').then(([code, signal]) => {
    running.delete(server)
    return { code: code as number | null, signal: signal as string | null, output }
  })
  const address = new Promise<string>((resolve, reject) => {
    const keep = (chunk: Buffer) => {
      output += chunk
      const [, printed] = /^Lectern is at (http:\S+)( and follows your edits)?$/m.exec(output) ?? []
      if (printed) resolve(printed)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    void exited.then(() => reject(new Error(`The server exited before it listened:\n${output}`)))
  })
  address.catch(() => {}) // A test that awaits the exit does not await the address.
  const server = {
    address,
    exited,
    end: (signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => {
      child.kill(signal)
      return exited
    },
  }
  running.add(server)
  return server
}

/** Creates a data folder, empty or as a copy. */
export function newFolder(original?: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'lectern-test-'))
  folders.push(folder)
  if (original) cpSync(original, folder, { recursive: true })
  return folder
}

afterEach(async () => {
  for (const server of running) await server.end('SIGKILL')
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
