import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** How fast data passes in one direction. */
export interface Speed {
  /** In milliseconds. */
  latency: number
  bitsPerSecond: number
}

/** A TCP proxy between browser and server, which a test can slow down, hold and cut. */
export type Network = Awaited<ReturnType<typeof startNetwork>>

/**
 * Starts a proxy to the server, with its own address. It works below HTTP, so that it is the same
 * for every engine. All connections share its speed.
 */
export async function startNetwork(server: string, speed: Speed) {
  const sockets = new Set<Socket>()
  const gate = createGate()
  let refused: RegExp | undefined
  const forwardUp = createDirection(speed, () => gate.opened())
  const forwardDown = createDirection(speed)
  const { hostname, port } = new URL(server)

  const listener = createServer((browser) => {
    const upstream = connect(Number(port), hostname)
    // The tests' requests fit into one chunk each, and start it.
    browser.on('data', (chunk) => {
      if (refused?.test(chunk.toString('latin1'))) browser.destroy()
    })
    forwardUp(browser, upstream)
    forwardDown(upstream, browser)
    for (const socket of [browser, upstream]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    }
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port: ownPort } = listener.address() as AddressInfo

  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    address: `http://127.0.0.1:${ownPort}`,
    /** Holds everything on its way to the server. */
    hold: gate.close,
    /** Forwards held data, in order, and everything after it. */
    release: gate.open,
    /** Cuts the connection of every request whose head matches, until the next call. */
    refuse: (head: RegExp | undefined) => {
      refused = head
    },
    /** Closes every connection; what is held is lost. */
    cut,
    async close() {
      cut()
      listener.close()
      await once(listener, 'close')
    },
  }
}

/**
 * Forwards data from one socket to another in order, after the latency and once `mayPass` resolves.
 */
function createDirection({ latency: delay, bitsPerSecond }: Speed, mayPass = async () => {}) {
  let freeAt = 0
  return (from: Socket, to: Socket) => {
    let forwarded = Promise.resolve()
    const afterAll = (act: () => void) => {
      forwarded = forwarded.then(act)
    }
    from.on('data', (chunk) => {
      freeAt = Math.max(freeAt, performance.now()) + (chunk.length * 8_000) / bitsPerSecond
      const arrival = freeAt + delay
      forwarded = forwarded.then(async () => {
        await waitUntil(arrival)
        await mayPass()
        if (!to.destroyed) to.write(chunk)
      })
    })
    from.on('end', () => afterAll(() => to.end()))
    // The close event handles a broken connection.
    from.on('error', () => {})
    from.on('close', (hadError) => afterAll(() => (hadError ? to.destroy() : to.end())))
  }
}

/** Waits until a moment has passed. Node's timers may fire up to a millisecond early. */
async function waitUntil(moment: number) {
  for (let left = moment - performance.now(); left > 0; left = moment - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, left))
  }
}

function createGate() {
  let isOpen = true
  const waiting = new Set<() => void>()
  return {
    opened: async () => {
      if (!isOpen) await new Promise<void>((resolve) => waiting.add(resolve))
    },
    close: () => {
      isOpen = false
    },
    open: () => {
      isOpen = true
      for (const pass of waiting) pass()
      waiting.clear()
    },
  }
}
