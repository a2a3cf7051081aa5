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
