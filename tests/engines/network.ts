import { once } from 'node:events'
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'

/** How slow a way is: what passes is `delay` ms later there, and no faster than so many bits a second. */
export interface Speed {
  delay: number
  bitsPerSecond: number
}

/** The way between a browser and a server, which a test makes slow, holds and cuts. */
export type Network = Awaited<ReturnType<typeof startNetwork>>

/**
 * Starts a way to the server that has an address of its own. It knows nothing of HTTP, and is the same
 * for every engine; all connections share its speed.
 */
export async function startNetwork(server: string, speed: Speed) {
  const sockets = new Set<Socket>()
  const gate = createGate()
  const there = createLane(speed, () => gate.opened())
  const back = createLane(speed)
  const { hostname, port } = new URL(server)

  const listener = createServer((browser) => {
    const upstream = connectTo(Number(port), hostname)
    there(browser, upstream)
    back(upstream, browser)
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
    /** Lets nothing more through to the server. */
    hold: gate.close,
    /** Lets everything through, what was held first. */
    letGo: gate.open,
    /** Ends every connection as it is; what is held is lost. */
    cut,
    async close() {
      cut()
      listener.close()
      await once(listener, 'close')
    },
  }
}

/** One direction: what comes in from a socket goes out of another, in order, when it may and its time has come. */
function createLane({ delay, bitsPerSecond }: Speed, mayPass = async () => {}) {
  let freeAt = 0
  return (from: Socket, to: Socket) => {
    let passed = Promise.resolve()
    const afterAll = (act: () => void) => {
      passed = passed.then(act)
    }
    from.on('data', (chunk) => {
      freeAt = Math.max(freeAt, performance.now()) + (chunk.length * 8_000) / bitsPerSecond
      const arrival = freeAt + delay
      passed = passed.then(async () => {
        await until(arrival)
        await mayPass()
        if (!to.destroyed) to.write(chunk)
      })
    })
    from.on('end', () => afterAll(() => to.end()))
    // What is said of a broken connection is that it closes.
    from.on('error', () => {})
    from.on('close', (hadError) => afterAll(() => (hadError ? to.destroy() : to.end())))
  }
}

/** A timer of Node's may end up to a millisecond too early. */
async function until(moment: number) {
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
