import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Upload } from 'tus-js-client'

/** Uploads a file as a page does: what breaks off goes on from where it was. */
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
 * Uploads a file to a server that is killed at random places, and started again, each time. The
 * last kill falls after the last byte, while the file is read or the answer is on its way.
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
 * A network that cuts its connections: the first one after as many bytes as the first budget says,
 * and so on; later ones are whole. A cut after the bytes of the client may lose an answer.
 */
export async function startCuttingProxy(port: number, budgets: readonly number[]) {
  const left = [...budgets]
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const budget = left.shift() ?? Number.POSITIVE_INFINITY
    const cut = () => {
      near.destroy()
      far.destroy()
    }
    near
      .on('data', createMeter(far, budget, cut))
      .on('error', cut)
      .on('close', cut)
    far
      .on('data', (chunk) => near.write(chunk))
      .on('error', cut)
      .on('close', cut)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    /** How many cuts are still to come. */
    cutsLeft: () => left.length,
    stop: () => proxy.close(),
  }
}

function createMeter(far: Socket, budget: number, cut: () => void) {
  let passed = 0
  return (chunk: Buffer) => {
    far.write(chunk.subarray(0, Math.max(0, budget - passed)))
    passed += chunk.length
    if (passed >= budget) far.end(cut)
  }
}
