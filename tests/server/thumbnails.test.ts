import * as fc from 'fast-check'
import { describe, expect } from 'vitest'
import { readImageSize } from '#server/features/media/image-size.ts'
import { readVideo, test, type UploadServer } from '../support/upload-server.ts'

const webp = readVideo('01.webp')
const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : part,
    ),
  )
const uint16 = (number: number) => [number >> 8, number & 255]

const png = (width: number, height: number) =>
  bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0', uint16(width), '\0\0', uint16(height), '\x08\x02')
const jpeg = (width: number, height: number) =>
  bytes(
    [0xff, 0xd8, 0xff, 0xe0, 0, 6],
    'JFIF',
    // A filler, a table and the frame.
    [0xff, 0xff, 0xc4, 0, 3, 1, 0xff, 0xc2, 0, 17, 8],
    uint16(height),
    uint16(width),
  )

async function addAsset(server: UploadServer) {
  const [asset] = await server.addAssets(['Lesson.mp4'], { thumbnail: null })
  return String(asset?.id)
}

const put = (
  server: UploadServer,
  id: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) =>
  server.app.request(`/api/media/${id}/thumbnail`, {
    method: 'PUT',
    headers: { 'content-type': 'image/webp', ...headers },
    body,
  })

const get = (server: UploadServer, id: string) => server.send(`GET /media/${id}/thumbnail`)

describe('a thumbnail', () => {
  test.for([
    ['image/webp', webp],
    ['image/png', png(2048, 1)],
    ['image/jpeg', jpeg(1, 2048)],
  ] as const)('is stored and served: %s', async ([type, image], { server }) => {
    const id = await addAsset(server)
    expect((await get(server, id)).status).toBe(404)
    const answer = await put(server, id, image, { 'content-type': type })
    expect(answer.status).toBe(204)
    const { status, headers, body } = await get(server, id)
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      type,
      'private, no-cache, no-transform',
    ])
    expect(new Uint8Array(await new Response(body).arrayBuffer())).toEqual(image)
    const details = await (await server.send(`GET /api/media/${id}`)).json()
    expect(details.hasThumbnail).toBe(true)
  })

  test('gets its type from its content, whatever the request says', async ({ server }) => {
    const id = await addAsset(server)
    expect((await put(server, id, png(1, 1), { 'content-type': 'image/jpeg' })).status).toBe(204)
    expect((await get(server, id)).headers.get('content-type')).toBe('image/png')
  })

  test('replaces the previous one, which is deleted', async ({ server }) => {
    const id = await addAsset(server)
    await put(server, id, png(1, 1))
    const [before] = server.listFiles().media
    await put(server, id, webp)
    const { media } = server.listFiles()
    expect([media.length, media.includes(String(before))]).toEqual([1, false])
  })

  const refusals: Record<
    string,
    [Uint8Array<ArrayBuffer>, Record<string, string>, number, string, string]
  > = {
    'no image': [
      bytes('<svg xmlns="http://www.w3.org/2000/svg">'),
      {},
      422,
      'unusable-image',
      'The file isn’t a JPEG, PNG or WebP.',
    ],
    nothing: [bytes(), {}, 422, 'unusable-image', 'The file isn’t a JPEG, PNG or WebP.'],
    'a header that ends early': [png(1, 1).slice(0, 18), {}, 422, 'unusable-image', ''],
    'a JPEG without a frame': [jpeg(1, 1).slice(0, -9), {}, 422, 'unusable-image', ''],
    'too many pixels': [
      png(2049, 30_000),
      {},
      422,
      'unusable-image',
      'The image has 2049 × 30000 pixels. The maximum is 2048 × 2048.',
    ],
    'no pixels': [jpeg(0, 9), {}, 422, 'unusable-image', 'The image has no pixels.'],
    'more than 1 MiB': [
      new Uint8Array(1024 * 1024 + 1),
      {},
      413,
      'body-too-large',
      'Send at most 1 MiB.',
    ],
    'another type': [
      webp,
      { 'content-type': 'image/svg+xml' },
      415,
      'unsupported-media-type',
      'The content type is “image/svg+xml”. Send image/jpeg, image/png, image/webp.',
    ],
    'a compressed body': [
      webp,
      { 'content-encoding': 'br' },
      415,
      'unsupported-media-type',
      'The body is compressed with “br”. Send it uncompressed.',
    ],
    'a request of another site': [
      webp,
      { origin: 'https://other.example' },
      403,
      'wrong-origin',
      'Only Lectern’s own page can send files here.',
    ],
  }

  test.for(Object.entries(refusals))(
    'is refused: %s',
    async ([, [body, headers, status, kind, detail]], { server }) => {
      const id = await addAsset(server)
      const answer = await put(server, id, body, headers)
      const problem = await answer.json()
      expect([answer.status, problem.type]).toEqual([status, `/problems/${kind}`])
      expect(problem.detail).toContain(detail)
      expect(server.listFiles().media).toEqual([])
      expect((await get(server, id)).status).toBe(404)
    },
  )

  test('is refused for an unknown asset', async ({ server }) => {
    expect((await put(server, crypto.randomUUID(), webp)).status).toBe(404)
    expect((await put(server, '..%2Fx', webp)).status).toBe(400)
    expect(server.listFiles().media).toEqual([])
  })
})

test('reading the size of an image never throws, whatever the bytes', async () => {
  const starts = [webp, png(7, 5), jpeg(7, 5)].map((image) => Array.from(image.slice(0, 40)))
  const anyImage = fc
    .tuple(fc.constantFrom([], ...starts), fc.nat(40), fc.uint8Array({ maxLength: 60 }))
    .map(([start, length, rest]) => new Uint8Array([...start.slice(0, length), ...rest]))
  await fc.assert(
    fc.property(anyImage, (image) => {
      const { width, height } = readImageSize(image) ?? { width: 0, height: 0 }
      expect([width, height].every((side) => Number.isInteger(side) && side >= 0)).toBe(true)
    }),
  )
  expect(readImageSize(webp)).toEqual({ type: 'image/webp', width: 320, height: 180 })
  expect(readImageSize(png(7, 5))).toEqual({ type: 'image/png', width: 7, height: 5 })
  expect(readImageSize(jpeg(7, 5))).toEqual({ type: 'image/jpeg', width: 7, height: 5 })
})
