import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, request } from 'node:http'
import { describe, expect } from 'vitest'
import { deleteRemoved } from '#server/db/outdated-rows.ts'
import { seededRandom } from '#shared/random.ts'
import { type BucketServer, prefix, test } from '../support/s3-test.ts'
import { startCuttingProxy, uploadTo } from '../support/upload-client.ts'
import { checksum, padVideo, readVideo } from '../support/upload-server.ts'

const mebibyte = 1024 * 1024
const video = readVideo('02.mp4')

const readAsset = async (server: BucketServer, id: string) =>
  (await server.send(`GET /api/media/${id}`)).json()

const readFile = async (server: BucketServer, id: string) =>
  new Uint8Array(await (await fetch(`${server.address}/media/${id}/file`)).arrayBuffer())

const findUnexpectedLogs = ({ logged }: BucketServer) =>
  logged.filter(({ level }) => level !== 'info')

/** Opens a PATCH request for a whole file. */
const patch = ({ address }: BucketServer, id: string, size: number) =>
  request(`${address}/api/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'content-length': size,
      'upload-offset': 0,
    },
  }).on('error', () => {})

/** Returns a time that has passed: whatever happens after the call is later. */
async function mark(): Promise<Date> {
  const now = Date.now()
  await expect.poll(Date.now).toBeGreaterThan(now + 1)
  return new Date(now + 1)
}

async function upload(server: BucketServer, bytes = padVideo('02.mp4', 9 * mebibyte)) {
  const id = crypto.randomUUID()
  await uploadTo(server.address, { id, filename: 'Lesson.mp4', bytes })
  return { id, bytes }
}

describe('an upload to a bucket', () => {
  test('resumes after server restarts and keeps every byte', async ({ server }) => {
    const id = crypto.randomUUID()
    const bytes = padVideo('02.mp4', 24 * mebibyte)
    await server.begin(id, bytes.length)
    const stops = [0, 3, 17, 24].map((megabytes) => megabytes * mebibyte)
    for (const [index, end] of stops.entries()) {
      await server.restart()
      const offset = await server.readOffset(id)
      expect(offset).toBe(stops[Math.max(0, index - 1)])
      if (end > 0) await server.continue(id, offset, bytes.slice(offset, end))
    }
    expect(await readAsset(server, id)).toMatchObject({
      sizeBytes: bytes.length,
      contentHash: checksum(bytes),
      width: 640,
      codec: 'h264',
      mimeType: 'video/mp4',
    })
    expect(checksum(await readFile(server, id))).toBe(checksum(bytes))
    expect(await server.s3.listKeys()).toEqual({ objects: [`${prefix}${id}`], uploads: [] })
  })

  test.for([1, 2, 3])(
    'keeps every byte when its connections are cut (seed %i)',
    async (seed, { server }) => {
      const random = seededRandom(seed)
      const size = 24 * mebibyte
      const budgets = Array.from({ length: 8 }, (_, index) =>
        Math.floor(random() * (index % 3 === 0 ? 600 : size / 8)),
      )
      const proxy = await startCuttingProxy(Number(new URL(server.address).port), budgets)
      const id = crypto.randomUUID()
      const bytes = padVideo('02.mp4', size)
      await uploadTo(proxy.address, { id, filename: 'Lesson.mp4', bytes })
      expect(proxy.cutsLeft()).toBe(0)
      expect((await readAsset(server, id)).contentHash).toBe(checksum(bytes))
      expect(checksum(await readFile(server, id))).toBe(checksum(bytes))
      expect(await server.s3.listKeys()).toEqual({ objects: [`${prefix}${id}`], uploads: [] })
      expect(findUnexpectedLogs(server)).toEqual([])
      proxy.stop()
    },
  )

  test('keeps every byte when its pieces are smaller than a part', async ({ server }) => {
    const id = crypto.randomUUID()
    const bytes = padVideo('02.mp4', 3 * mebibyte)
    await server.begin(id, bytes.length)
    for (let offset = 0; offset < bytes.length; offset += mebibyte) {
      const answer = await server.continue(id, offset, bytes.slice(offset, offset + mebibyte))
      expect(answer.status).toBe(204)
    }
    expect((await readAsset(server, id)).contentHash).toBe(checksum(bytes))
    expect(await server.s3.listKeys()).toEqual({ objects: [`${prefix}${id}`], uploads: [] })
  })

  test('does not count the parts after a refused one', async ({ server }) => {
    const id = crypto.randomUUID()
    const bytes = padVideo('02.mp4', 40 * mebibyte)
    await server.begin(id, bytes.length)
    const release = server.s3.hold(/^PUT .*partNumber=1&/)
    server.s3.failNext(/^PUT .*partNumber=1&/)
    const sending = patch(server, id, bytes.length)
    sending.end(bytes, release)
    await expect
      .poll(() => findUnexpectedLogs(server).map(({ message }) => message))
      .toEqual(['The video storage is unavailable'])
    sending.destroy()
    await uploadTo(server.address, { id, filename: 'Lesson.mp4', bytes })
    expect(checksum(await readFile(server, id))).toBe(checksum(bytes))
    expect((await readAsset(server, id)).contentHash).toBe(checksum(bytes))
  })

  test('makes a later request wait while its last bytes are being written', async ({ server }) => {
    const id = crypto.randomUUID()
    const bytes = padVideo('02.mp4', 3 * mebibyte)
    await server.begin(id, bytes.length)
    const release = server.s3.hold(/^PUT .*\.part/)
    const cut = patch(server, id, bytes.length)
    cut.write(bytes.slice(0, mebibyte), () => cut.destroy())
    const countRequests = (kind: RegExp) =>
      server.s3.requests.filter((request) => kind.test(request)).length
    await expect.poll(() => countRequests(/^PUT .*\.part/)).toBe(1)
    const listings = countRequests(/ListParts/)
    const later = server.continue(id, 0, bytes.slice(0, 10))
    await expect.poll(() => countRequests(/ListParts/)).toBeGreaterThan(listings)
    release()
    expect((await later).status).toBe(409)
    const offset = await server.readOffset(id)
    expect(offset).toBeGreaterThan(0)
    expect((await server.continue(id, offset, bytes.slice(offset))).status).toBe(204)
    expect((await readAsset(server, id)).contentHash).toBe(checksum(bytes))
    expect(await server.s3.listKeys()).toEqual({ objects: [`${prefix}${id}`], uploads: [] })
  })

  test('is completed by the next request if completion failed after its last part', async ({
    server,
  }) => {
    const id = crypto.randomUUID()
    const bytes = padVideo('02.mp4', 6 * mebibyte)
    await server.begin(id, bytes.length)
    server.s3.failNext(/^POST .*uploadId=/, 10)
    const answer = await server.continue(id, 0, bytes)
    expect([answer.status, (await answer.json()).type]).toEqual([
      503,
      '/problems/media-unavailable',
    ])
    server.s3.failNext(/nothing/)
    await server.restart()
    expect(await server.readOffset(id)).toBe(bytes.length)
    expect((await readAsset(server, id)).contentHash).toBe(checksum(bytes))
  })

  test('starts over when the service has discarded it', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.begin(id, video.length)
    await server.continue(id, 0, video.slice(0, 1000))
    server.s3.discardUploads()
    expect((await server.continue(id, 1000, video.slice(1000))).status).toBe(404)
    await uploadTo(server.address, { id, filename: 'Lesson.mp4', bytes: video })
    expect((await readAsset(server, id)).contentHash).toBe(checksum(video))
    expect((await server.s3.listKeys()).objects).toEqual([`${prefix}${id}`])
  })

  test('leaves nothing behind when cancelled', async ({ server }) => {
    const id = crypto.randomUUID()
    const bytes = padVideo('02.mp4', 20 * mebibyte)
    await server.begin(id, bytes.length)
    await server.continue(id, 0, bytes.slice(0, 10 * mebibyte))
    expect(await server.s3.listKeys()).toEqual({
      objects: [`${prefix}${id}.info`, `${prefix}${id}.part`],
      uploads: [`${prefix}${id}`],
    })
    expect((await server.sendTus(`DELETE /api/uploads/${id}`, {})).status).toBe(204)
    expect(await server.s3.listKeys()).toEqual({ objects: [], uploads: [] })
    expect((await server.continue(id, 0, bytes)).status).toBe(404)
  })

  test('is refused if it is not a video, and nothing of it is kept', async ({ server }) => {
    const id = crypto.randomUUID()
    const bytes = new Uint8Array(randomBytes(9 * mebibyte))
    await server.begin(id, bytes.length)
    const answer = await server.continue(id, 0, bytes)
    expect([answer.status, (await answer.json()).type]).toEqual([422, '/problems/unusable-video'])
    expect(await server.s3.listKeys()).toEqual({ objects: [], uploads: [] })
    expect((await readAsset(server, id)).status).toBe(404)
  })

  test('is not abandoned while the service fails, and resumes afterwards', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.begin(id, video.length)
    await server.continue(id, 0, video.slice(0, 1000))
    server.s3.failNext(/./, 1000, 403, 'AccessDenied')
    const answer = await server.continue(id, 1000, video.slice(1000))
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
      503,
      'application/problem+json',
      {
        type: '/problems/media-unavailable',
        status: 503,
        title: 'The video storage is unavailable',
        detail: 'The video storage is unavailable at the moment. Try again later.',
      },
    ])
    expect((await server.sendTus(`HEAD /api/uploads/${id}`, {})).status).toBe(503)
    expect(findUnexpectedLogs(server).map(({ level, message }) => [level, message])).toEqual(
      Array(2).fill(['error', 'The video storage is unavailable']),
    )
    server.s3.failNext(/nothing/)
    expect((await server.continue(id, 1000, video.slice(1000))).status).toBe(204)
    expect((await readAsset(server, id)).contentHash).toBe(checksum(video))
  })
})

describe('a file in a bucket', () => {
  test('is served by ranges, sandboxed and with its own content type', async ({ server }) => {
    const { id, bytes } = await upload(server)
    const read = (headers: Record<string, string>, method = 'GET') =>
      fetch(`${server.address}/media/${id}/file`, { method, headers })
    const whole = await read({})
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache, no-transform',
      'content-length': String(bytes.length),
      'content-security-policy': "default-src 'none'; media-src 'self'; sandbox",
      'content-type': 'video/mp4',
      'x-content-type-options': 'nosniff',
    })
    expect(checksum(new Uint8Array(await whole.arrayBuffer()))).toBe(checksum(bytes))
    const part = await read({ range: 'bytes=1000-8999999' })
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 1000-8999999/${bytes.length}`,
    ])
    const received = new Uint8Array(await part.arrayBuffer())
    expect(checksum(received)).toBe(checksum(bytes.slice(1000, 9_000_000)))
    const beyond = await read({ range: `bytes=${bytes.length}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([
      416,
      `bytes */${bytes.length}`,
    ])
    const head = await read({}, 'HEAD')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)])
    const etag = String(whole.headers.get('etag'))
    expect(head.headers.get('etag')).toBe(etag)
    expect((await read({ 'if-none-match': etag })).status).toBe(304)
  })

  test('is not read any further once its client is gone', async ({ server }) => {
    const { id } = await upload(server, padVideo('02.mp4', 40 * mebibyte))
    await expect.poll(() => server.s3.openDownloads()).toBe(0)
    const download = get(`${server.address}/media/${id}/file`)
    const [response] = await once(download, 'response')
    await once(response, 'readable')
    expect(server.s3.openDownloads()).toBe(1)
    download.destroy()
    await expect.poll(() => server.s3.openDownloads()).toBe(0)
    expect(findUnexpectedLogs(server)).toEqual([])
  })

  test('plays while many other downloads are stalled', async ({ server }) => {
    const { id } = await upload(server, padVideo('02.mp4', 20 * mebibyte))
    const held = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const download = get(`${server.address}/media/${id}/file`)
        await once(download, 'response')
        return download
      }),
    )
    const answer = await fetch(`${server.address}/media/${id}/file`, {
      headers: { range: 'bytes=0-9' },
    })
    expect((await answer.arrayBuffer()).byteLength).toBe(10)
    for (const download of held) download.destroy()
  })

  test('is answered with a problem when it is missing or can’t be read', async ({ server }) => {
    const { id } = await upload(server, video)
    server.s3.failNext(/^HEAD/, 100)
    const failed = await fetch(`${server.address}/media/${id}/file`)
    expect([failed.status, failed.headers.get('content-type')]).toEqual([
      503,
      'application/problem+json',
    ])
    await failed.arrayBuffer()
    server.s3.failNext(/nothing/)
    const [lost] = await server.addAssets(['Lost.mp4'], { file: crypto.randomUUID() })
    const missing = await fetch(`${server.address}/media/${lost?.id}/file`)
    expect([missing.status, (await missing.json()).detail]).toEqual([
      404,
      'The file of this video is missing on the server.',
    ])
  })

  test('has a thumbnail that a new one replaces', async ({ server }) => {
    const { id } = await upload(server, video)
    const put = (name: string) =>
      fetch(`${server.address}/api/media/${id}/thumbnail`, {
        method: 'PUT',
        headers: { 'content-type': 'image/webp' },
        body: readVideo(name),
      })
    expect((await put('01.webp')).status).toBe(204)
    expect((await put('02.webp')).status).toBe(204)
    const answer = await fetch(`${server.address}/media/${id}/thumbnail`)
    expect(answer.headers.get('content-type')).toBe('image/webp')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(readVideo('02.webp'))
    expect((await server.s3.listKeys()).objects).toEqual([
      `${prefix}${id}`,
      expect.stringMatching(`^${prefix}${id}\\..*\\.webp$`),
    ])
  })
})

describe('the upkeep of a bucket', () => {
  test('deletes abandoned uploads and keeps the others', async ({ server }) => {
    const [abandoned, resumed, recent] = Array.from({ length: 3 }, () => crypto.randomUUID())
    for (const id of [abandoned, resumed]) {
      await server.begin(String(id), 20 * mebibyte)
      await server.continue(String(id), 0, new Uint8Array(6 * mebibyte))
    }
    const before = await mark()
    await server.continue(String(resumed), 6 * mebibyte, new Uint8Array(6 * mebibyte))
    await server.begin(String(recent), 20 * mebibyte)
    expect(await server.deleteStale(new Date(0))).toBe(0)
    expect(await server.deleteStale(before)).toBe(2)
    expect(await server.s3.listKeys()).toEqual({
      objects: [`${prefix}${resumed}.info`, `${prefix}${recent}.info`].sort(),
      uploads: [`${prefix}${resumed}`, `${prefix}${recent}`].sort(),
    })
    expect(await server.readOffset(String(resumed))).toBe(12 * mebibyte)
    const again = await server.begin(String(abandoned), 20 * mebibyte)
    expect([again.status, await server.readOffset(String(abandoned))]).toEqual([201, 0])
  })

  test('deletes objects that no asset uses, and never those of others', async ({ server }) => {
    const [kept, purged] = [await upload(server, video), await upload(server, video)]
    const foreign = ['note.txt', `${crypto.randomUUID()}.mp4`, `deeper/${crypto.randomUUID()}`]
    for (const name of foreign) await server.s3.put(`${prefix}${name}`)
    await server.s3.put(crypto.randomUUID())
    const orphan = crypto.randomUUID()
    await server.s3.put(`${prefix}${orphan}`)
    const removal = { headers: { 'if-match': '"1"' } }
    expect((await server.send(`DELETE /api/media/${purged.id}`, removal)).status).toBe(204)
    expect(await deleteRemoved(server.database, await mark())).toBe(1)
    expect((await server.s3.listKeys()).objects).toContain(`${prefix}${purged.id}`)
    expect(await server.deleteStale(await mark())).toBe(2)
    const { objects } = await server.s3.listKeys()
    expect(objects).toHaveLength(5)
    expect(objects).toEqual(
      expect.arrayContaining([kept.id, ...foreign].map((name) => `${prefix}${name}`)),
    )
  })
})
