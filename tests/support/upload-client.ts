import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Upload } from 'tus-js-client'

/** Uploads a file as a page does: an interrupted upload resumes. */
export function uploadTo(
  address: string,
  { id, filename, bytes }: { id: string; filename: string; bytes: Uint8Array },
  onProgress: (sent: number) => void = () => {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    new Upload(Buffer.from(bytes), {
      endpoint: `${address}/api/uploads`,
      metadata: { id, filename },
      retryDelays: Array.from({ length: 100 }, () => 20),
      onProgress,
      onSuccess: () => resolve(),
      onError: reject,
    }).start()
  })
}

/**
 * Uploads a file to a server that is repeatedly killed at random points and started again. The last
 * kill comes after the last byte, while the file is processed or the response is in flight.
 */
export async function uploadThroughKills(
  start: () => { address: Promise<string>; end: (signal: 'SIGKILL') => Promise<unknown> },
  file: { id: string; filename: string; bytes: Uint8Array },
  kills: number,
  random: () => number,
): Promise<void> {
  const { length } = file.bytes
  for (let kill = 1; kill <= kills; kill++) {
    const server = start()
    const address = await server.address
    const end = kill === kills ? length : Math.floor(((kill - random()) * length) / kills)
    await new Promise((resolve) => {
      uploadTo(address, file, (sent) => {
        if (sent >= end) resolve(server.end('SIGKILL'))
      }).catch(() => {})
    })
  }
}

/**
 * Starts a proxy that cuts each connection after its budget of bytes; connections after the last
 * budget are not cut. A cut after the client's last byte may lose the response.
 */
export async function startCuttingProxy(port: number, budgets: readonly number[]) {
  const left = [...budgets]
  const proxy = createServer((browserSide) => {
    const serverSide = connect(port, '127.0.0.1')
    const budget = left.shift() ?? Number.POSITIVE_INFINITY
    const cut = () => {
      browserSide.destroy()
      serverSide.destroy()
    }
    browserSide
      .on('data', createMeter(serverSide, budget, cut))
      .on('error', cut)
      .on('close', cut)
    serverSide
      .on('data', (chunk) => browserSide.write(chunk))
      .on('error', cut)
      .on('close', cut)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    /** The number of cuts that are left. */
    cutsLeft: () => left.length,
    stop: () => proxy.close(),
  }
}

function createMeter(serverSide: Socket, budget: number, cut: () => void) {
  let passed = 0
  return (chunk: Buffer) => {
    serverSide.write(chunk.subarray(0, Math.max(0, budget - passed)))
    passed += chunk.length
    if (passed >= budget) serverSide.end(cut)
  }
}
