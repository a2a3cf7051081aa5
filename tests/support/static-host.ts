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
 * Serves a folder at a path of a free port, as a host does that knows nothing of what it serves: an
 * address that has no file is answered 404, with the folder's `404.html`.
 */
export async function startStaticHost(folder: string, base: string) {
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://host')
    const name = pathname === base ? 'index.html' : pathname.slice(base.length)
    const file = path.join(folder, name)
    const isThere = pathname.startsWith(base) && existsSync(file) && statSync(file).isFile()
    const served = isThere ? file : path.join(folder, '404.html')
    const type = contentTypes[path.extname(served)] ?? 'application/octet-stream'
    response.writeHead(isThere ? 200 : 404, { 'content-type': type }).end(readFileSync(served))
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
