import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startNetwork } from './network.ts'

const unlimited = { latency: 0, bitsPerSecond: Number.POSITIVE_INFINITY }
const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp()
})

test('data passes unchanged, after the latency in each direction', async () => {
  const { browser } = await startEcho({ ...unlimited, latency: 40 })
  const startedAt = performance.now()
  browser.write('Hello')
  expect(await read(browser, 5)).toBe('Hello')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(80)
})

test('all connections share the bandwidth', async () => {
  const { browser, openAnother } = await startEcho({ latency: 0, bitsPerSecond: 1_000_000 })
  const another = await openAnother()
  const startedAt = performance.now()
  for (const socket of [browser, another]) socket.write('x'.repeat(5_000))
  const answers = await Promise.all([browser, another].map((socket) => read(socket, 5_000)))
  expect(answers).toEqual(['x'.repeat(5_000), 'x'.repeat(5_000)])
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(80)
})

test('held data arrives in order once released', async () => {
  const { browser, network, received } = await startEcho(unlimited)
  network.hold()
  browser.write('first, ')
  browser.write('second')
  expect(received()).toBe('')
  network.release()
  expect(await read(browser, 13)).toBe('first, second')
})

test('a cut loses held data, and a new connection works', async () => {
  const { browser, network, received, openAnother } = await startEcho(unlimited)
  browser.write('known')
  await read(browser, 5)
  network.hold()
  browser.write('lost')
  const closed = new Promise((resolve) => browser.once('close', resolve))
  network.cut()
  await closed
  network.release()
  const another = await openAnother()
  another.write('!')
  expect(await read(another, 1)).toBe('!')
  expect(received()).toBe('known!')
})

test('a connection that the server ends also ends for the browser, after all its data', async () => {
  const { browser, endAll } = await startEcho({ ...unlimited, latency: 20 })
  browser.write('last')
  const lastData = read(browser, 4)
  const ended = once(browser, 'end')
  expect(await lastData).toBe('last')
  endAll()
  await ended
})

/** Starts an echo server, and connects to it through a network as a browser would. */
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
  cleanups.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const network = await startNetwork(`http://127.0.0.1:${port}`, speed)
  cleanups.push(network.close)

  async function openAnother() {
    const socket = connect(Number(new URL(network.address).port), '127.0.0.1')
    socket.on('error', () => {})
    cleanups.push(() => socket.destroy())
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
