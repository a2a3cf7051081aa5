import { expect } from 'vitest'
import { seededRandom } from '#shared/random.ts'
import { startCuttingProxy, uploadTo } from '../support/upload-client.ts'
import { checksum, padVideo, test } from '../support/upload-server.ts'

const size = 3 * 1024 * 1024
// Together with the kills and reloads of other tests, more than a hundred interruptions.
const cuts = 16

test.for([1, 2, 3, 4, 5, 6])(
  'an upload whose connections are cut ends as one complete file (seed %i)',
  async (seed, { server }) => {
    const random = seededRandom(seed)
    const { address, stop } = await server.listen()
    // A request without its body is some 300 bytes long.
    const budgets = Array.from({ length: cuts }, (_, index) =>
      Math.floor(random() * (index % 3 === 0 ? 600 : size / cuts)),
    )
    const proxy = await startCuttingProxy(Number(new URL(address).port), budgets)
    const id = crypto.randomUUID()
    const bytes = padVideo('02.mp4', size)
    await uploadTo(proxy.address, { id, filename: 'Lesson.mp4', bytes })
    expect(proxy.cutsLeft()).toBe(0)
    expect(await (await server.send(`GET /api/media/${id}`)).json()).toMatchObject({
      filename: 'Lesson.mp4',
      sizeBytes: size,
      contentHash: checksum(bytes),
    })
    const file = await server.send(`GET /media/${id}/file`)
    expect(checksum(new Uint8Array(await file.arrayBuffer()))).toBe(checksum(bytes))
    expect((await (await server.send('GET /api/media')).json()).total).toBe(1)
    expect(server.listFiles()).toEqual({ uploads: [], media: [id] })
    expect(server.logged.filter(({ level }) => level !== 'info')).toEqual([])
    proxy.stop()
    await stop()
  },
)

test('ten uploads at once keep every byte', async ({ server }) => {
  const { address, stop } = await server.listen()
  const files = Array.from({ length: 10 }, (_, index) => ({
    id: crypto.randomUUID(),
    filename: `Lesson ${index}.mp4`,
    bytes: padVideo('02.mp4', size + index),
  }))
  await Promise.all(files.map((file) => uploadTo(address, file)))
  for (const { id, bytes } of files) {
    const { contentHash } = await (await server.send(`GET /api/media/${id}`)).json()
    expect(contentHash).toBe(checksum(bytes))
  }
  await stop()
})
