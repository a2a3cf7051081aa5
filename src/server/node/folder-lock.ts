import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * Locks a folder for this process; `undefined` if another one holds it. The lock is a listening socket,
 * so that it ends with its process, however that ends, and no reused process id can fake it.
 */
export async function lockFolder(folder: string): Promise<{ release: () => void } | undefined> {
  const address = socketAddress(folder)
  const server = (await listen(address)) ?? (await replaceStale(address))
  if (!server) return undefined
  server.unref()
  return { release: () => server.close() }
}

function socketAddress(folder: string): string {
  const hash = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)
  const name = `lectern-${hash}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return path.join(tmpdir(), `${name}.sock`)
}

async function listen(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  server.listen(address)
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined
    throw error
  }
}

// A socket file outlives a killed process, but nobody answers on it.
async function replaceStale(address: string): Promise<Server | undefined> {
  if (!path.isAbsolute(address) || process.platform === 'win32') return undefined
  if (await isAnswered(address)) return undefined
  rmSync(address, { force: true })
  return listen(address)
}

function isAnswered(address: string): Promise<boolean> {
  const socket = connect(address)
  return new Promise<boolean>((resolve) => {
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
  }).finally(() => socket.destroy())
}
