import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { errorCode } from '#shared/error-message.ts'

/**
 * Acquires a name that only one process on this machine can hold; `undefined` if another one does.
 * The name is a listening socket, which goes away with its process, however that ends. Containers
 * and other Linux network namespaces have separate names.
 */
export async function acquireName(name: string): Promise<{ release: () => void } | undefined> {
  const address = socketAddress(name)
  const server = (await listen(address)) ?? (await replaceStale(address))
  if (!server) return undefined
  server.unref()
  return { release: () => server.close() }
}

function socketAddress(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 32)
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
    if (errorCode(error) === 'EADDRINUSE') return undefined
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
