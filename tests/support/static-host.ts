import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const contentTypes: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mp4': 'video/mp4',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
}

export type StaticHost = Awaited<ReturnType<typeof startStaticHost>>

/**
 * Serves a folder under a path on a free port, like a plain static host: a missing file is answered
 * with 404 and the folder's `404.html`.
 */
export async function startStaticHost(folder: string, base: string) {
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://host')
    const name = pathname === base ? 'index.html' : pathname.slice(base.length)
    const file = path.join(folder, name)
    const exists = pathname.startsWith(base) && existsSync(file) && statSync(file).isFile()
    const servedFile = exists ? file : path.join(folder, '404.html')
    const type = contentTypes[path.extname(servedFile)] ?? 'application/octet-stream'
    response.writeHead(exists ? 200 : 404, { 'content-type': type }).end(readFileSync(servedFile))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo // It listens on a port, not on a pipe.
  return {
    address: `http://127.0.0.1:${port}${base}`,
    async stop() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}
