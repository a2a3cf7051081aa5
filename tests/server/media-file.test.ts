import * as fc from 'fast-check'
import { describe, expect } from 'vitest'
import { parseRange } from '#server/features/media/range.ts'
import { type TestServer, testBytes } from '../support/server.ts'
import { test } from '../support/server-test.ts'

async function addAsset(server: TestServer, filename = 'Lesson.mp4', file = {}) {
  const [row] = await server.addAssets([filename], file)
  return `/media/${row?.id}`
}

const pickHeaders = ({ headers }: Response, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, headers.get(name)]))
const readBytes = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())

describe('a video file', () => {
  test('is sent whole with its type and name', async ({ server }) => {
    const answer = await server.send(`GET ${await addAsset(server, 'Über (uns)’s 1*.mp4')}/file`)
    expect(answer.status).toBe(200)
    expect(
      pickHeaders(
        answer,
        'content-type',
        'content-length',
        'accept-ranges',
        'x-content-type-options',
        'content-disposition',
        'cache-control',
      ),
    ).toEqual({
      'content-type': 'video/mp4',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-disposition': "inline; filename*=UTF-8''%C3%9Cber%20%28uns%29%E2%80%99s%201%2A.mp4",
      'cache-control': 'private, no-cache, no-transform',
    })
    expect(await readBytes(answer)).toEqual(testBytes)
  })

  test.for([
    ['bytes=0-0', 0, 0],
    ['bytes=0-', 0, 999],
    ['bytes=990-2000', 990, 999],
    ['bytes=-10', 990, 999],
    ['bytes=-5000', 0, 999],
    ['Bytes=5-9', 5, 9],
  ] as const)('is sent in part for %s', async ([range, start, end], { server }) => {
    const answer = await server.send(`GET ${await addAsset(server)}/file`, { headers: { range } })
    expect(answer.status).toBe(206)
    expect(pickHeaders(answer, 'content-range', 'content-length')).toEqual({
      'content-range': `bytes ${start}-${end}/1000`,
      'content-length': String(end - start + 1),
    })
    expect(await readBytes(answer)).toEqual(testBytes.slice(start, end + 1))
  })

  test.for(['bytes=0-1,5-6', 'items=0-1', 'bytes=9-5', 'bytes=-', 'bytes=x'])(
    'is sent whole for %s',
    async (range, { server }) => {
      const answer = await server.send(`GET ${await addAsset(server)}/file`, { headers: { range } })
      expect([answer.status, (await readBytes(answer)).length]).toEqual([200, 1000])
    },
  )

  test.for(['bytes=1000-', 'bytes=-0'])('can’t be sent for %s', async (range, { server }) => {
    const answer = await server.send(`GET ${await addAsset(server)}/file`, { headers: { range } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */1000'])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('is not sent again to a client that has it, and is sent whole if it changed', async ({
    server,
  }) => {
    const path = `GET ${await addAsset(server)}/file`
    const { headers } = await server.send(path)
    const etag = headers.get('etag') ?? ''
    const status = async (conditions: Record<string, string>) =>
      (await server.send(path, { headers: conditions })).status
    expect(await status({ 'if-none-match': etag })).toBe(304)
    expect(await status({ 'if-none-match': `"x", W/${etag}` })).toBe(304)
    expect(await status({ 'if-none-match': '"x"' })).toBe(200)
    expect(await status({ 'if-modified-since': headers.get('last-modified') ?? '' })).toBe(304)
    expect(await status({ range: 'bytes=0-1', 'if-range': etag })).toBe(206)
    expect(await status({ range: 'bytes=0-1', 'if-range': '"other"' })).toBe(200)
  })

  test('is described by a HEAD request without being sent', async ({ server }) => {
    const answer = await server.send(`HEAD ${await addAsset(server)}/file`)
    expect([answer.status, answer.headers.get('content-length'), answer.body]).toEqual([
      200,
      '1000',
      null,
    ])
  })

  test('is answered with 404 when missing', async ({ server }) => {
    const missing = await addAsset(server, 'x.mp4', { file: 'gone.mp4' })
    const paths = [`/media/${crypto.randomUUID()}/file`, '/media/x/file', `${missing}/file`]
    for (const path of paths) {
      const answer = await server.send(`GET ${path}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json',
      ])
    }
  })
})

test('a thumbnail is cached for a long time', async ({ server }) => {
  const answer = await server.send(`GET ${await addAsset(server)}/thumbnail`)
  expect(pickHeaders(answer, 'content-type', 'cache-control')).toEqual({
    'content-type': 'image/webp',
    'cache-control': 'private, max-age=31536000, immutable, no-transform',
  })
})

test('a range lies within its file, whatever the header says', async () => {
  const header = fc.oneof(
    fc.string(),
    fc.tuple(fc.nat(), fc.nat()).map(([first, last]) => `bytes=${first}-${last}`),
    fc.nat().map((length) => `bytes=-${length}`),
  )
  await fc.assert(
    fc.property(header, fc.nat(), (text, size) => {
      const range = parseRange(text, size)
      if (typeof range === 'string') return
      expect(range.start).toBeGreaterThanOrEqual(0)
      expect(range.end).toBeGreaterThanOrEqual(range.start)
      expect(range.end).toBeLessThan(size)
    }),
  )
})
