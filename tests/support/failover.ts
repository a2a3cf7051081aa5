import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'

/** Starts a proxy that forwards each connection to the first server that accepts it. */
export async function startFailover(servers: readonly string[]) {
  const sockets = new Set<Socket>()
  const listener = createServer(async (browser) => {
    sockets.add(browser)
    // The pipelines below handle a broken connection.
    browser.on('error', () => {})
    const server = await connectToFirst(servers)
    if (!server) return browser.destroy()
    // When either end closes, so does the other, as if the server’s kernel had closed its socket.
    const ends = [pipeline(browser, server), pipeline(server, browser)]
    await Promise.allSettled(ends)
    sockets.delete(browser)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

async function connectToFirst(servers: readonly string[]): Promise<Socket | null> {
  for (const server of servers) {
    const { hostname, port } = new URL(server)
    const socket = connect(Number(port), hostname)
    const isConnected = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    if (isConnected) return socket
  }
  return null
}
