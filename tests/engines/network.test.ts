import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startNetwork } from './network.ts'

const full = { delay: 0, bitsPerSecond: Number.POSITIVE_INFINITY }
const endings: (() => unknown)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

test('what passes comes back as it was, no sooner than the delay says', async () => {
  const { browser } = await startEcho({ ...full, delay: 40 })
  const begun = performance.now()
  browser.write('Hello')
  expect(await read(browser, 5)).toBe('Hello')
  expect(performance.now() - begun).toBeGreaterThanOrEqual(80)
})

test('all connections share the speed, and much takes longer than little', async () => {
  const { browser, openAnother } = await startEcho({ delay: 0, bitsPerSecond: 1_000_000 })
  const another = await openAnother()
  const begun = performance.now()
  for (const one of [browser, another]) one.write('x'.repeat(5_000))
  const answers = await Promise.all([browser, another].map((one) => read(one, 5_000)))
  expect(answers).toEqual(['x'.repeat(5_000), 'x'.repeat(5_000)])
  expect(performance.now() - begun).toBeGreaterThanOrEqual(80)
})

test('what is held arrives in order once it is let go', async () => {
  const { browser, network, received } = await startEcho(full)
  network.hold()
  browser.write('first, ')
  browser.write('second')
  expect(received()).toBe('')
  network.letGo()
  expect(await read(browser, 13)).toBe('first, second')
})

test('what is held is lost when it is cut, and a new connection serves', async () => {
  const { browser, network, received, openAnother } = await startEcho(full)
  browser.write('known')
  await read(browser, 5)
  network.hold()
  browser.write('lost')
  const closed = new Promise((resolve) => browser.once('close', resolve))
  network.cut()
  await closed
  network.letGo()
  const another = await openAnother()
  another.write('!')
  expect(await read(another, 1)).toBe('!')
  expect(received()).toBe('known!')
})

test('a connection that the server ends is ended for the browser, after all that it said', async () => {
  const { browser, endAll } = await startEcho({ ...full, delay: 20 })
  browser.write('last')
  const said = read(browser, 4)
  const ended = once(browser, 'end')
  expect(await said).toBe('last')
  endAll()
  await ended
})

/** A server that says what it hears, and a browser's connection to it over a network. */
async function startEcho(speed: Parameters<typeof startNetwork>[1]) {
  let received = ''
  const connections = new Set<Socket>()
  const server = createServer((socket) => {
    connections.add(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      received += chunk
      socket.write(chunk)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const network = await startNetwork(`http://127.0.0.1:${port}`, speed)
  endings.push(network.close)

  async function openAnother() {
    const socket = connect(Number(new URL(network.address).port), '127.0.0.1')
    socket.on('error', () => {})
    endings.push(() => socket.destroy())
    await once(socket, 'connect')
    return socket
  }
  return {
    network,
    browser: await openAnother(),
    openAnother,
    received: () => received,
    endAll: () => {
      for (const socket of connections) socket.end()
    },
  }
}

async function read(socket: Socket, length: number): Promise<string> {
  let text = ''
  while (text.length < length) text += (await once(socket, 'data'))[0]
  return text
}
