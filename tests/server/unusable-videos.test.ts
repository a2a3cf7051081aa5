import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { MkvOutputFormat, MovOutputFormat, Mp4OutputFormat, WebMOutputFormat } from 'mediabunny'
import { describe, expect } from 'vitest'
import type { StoredFile } from '#server/dependencies.ts'
import { openFile } from '#server/node/stored-files.ts'
import { createVideoProbe } from '#server/node/uploads/video-probe.ts'
import { remux } from '../support/remux.ts'
import { createUploadServer, readVideo, test } from '../support/upload-server.ts'

const video = readVideo('02.mp4')
const webm = readVideo('03.webm')
const text = (content: string) => new TextEncoder().encode(content)

/** Creates a box of ISO BMFF, possibly with a false size. */
function box(type: string, content: Uint8Array, size = content.length + 8) {
  const bytes = new Uint8Array(content.length + 8)
  new DataView(bytes.buffer).setUint32(0, size)
  bytes.set(text(type), 4)
  bytes.set(content, 8)
  return bytes
}

const inMemory = (bytes: Uint8Array<ArrayBuffer>): StoredFile => ({
  size: bytes.length,
  modifiedAt: 0,
  stream: (start, end) => new Blob([bytes.subarray(start, end + 1)]).stream(),
})

function join(...parts: Uint8Array[]) {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Creates boxes nested in each other. */
function nest(type: string, depth: number) {
  const bytes = new Uint8Array(depth * 8)
  const view = new DataView(bytes.buffer)
  for (let level = 0; level < depth; level++) {
    view.setUint32(level * 8, bytes.length - level * 8)
    bytes.set(text(type), level * 8 + 4)
  }
  return bytes
}

/** Copies a video and overwrites bytes at an offset from the name of a box. */
function overwrite(bytes: Uint8Array, type: string, offset: number, values: number[]) {
  const changed = bytes.slice()
  const at = Buffer.from(bytes).indexOf(type)
  changed.set(values, at + offset)
  return changed
}

// Claims four billion samples of the same duration.
const manySamples = overwrite(video, 'stts', 12, [0xff, 0xff, 0xff, 0xff])
const fileType = box('ftyp', text('isom\0\0\x02\0isomiso2avc1mp41'))
const outcomes = ['usable', 'unreadable', 'without-video', 'truncated', 'endless']
const damaged = 'The file is damaged'
const truncated = 'The file is incomplete.'

const unusable: Record<string, [bytes: () => Uint8Array | Promise<Uint8Array>, detail: string]> = {
  'an HTML page named like a video': [() => text('<!doctype html><script>'), damaged],
  'a playlist that refers to another address': [
    () => text('#EXTM3U\n#EXTINF:9,\nhttp://localhost/secret.ts\n#EXT-X-ENDLIST\n'),
    damaged,
  ],
  'an image': [() => readVideo('01.webp'), damaged],
  'a single byte': [() => text('x'), damaged],
  zeros: [() => new Uint8Array(100_000), damaged],
  'a file type box and nothing else': [() => fileType, damaged],
  'sound without a picture': [
    () => remux('02.mp4', { format: new Mp4OutputFormat(), without: 'video' }),
    'The file has no video track.',
  ],
  'the first half of an MP4': [() => video.slice(0, video.length / 2), truncated],
  'an MP4 without its last bytes': [() => video.slice(0, -500), truncated],
  'the first half of a WebM': [() => webm.slice(0, webm.length / 2), truncated],
  'a WebM without its last bytes': [() => webm.slice(0, -500), truncated],
  'an MP4 whose index would come last, cut off before it': [
    async () => {
      const bytes = await remux('02.mp4', { format: new Mp4OutputFormat({ fastStart: false }) })
      return bytes.slice(0, Buffer.from(bytes).lastIndexOf('moov') - 4)
    },
    damaged,
  ],
  'an index that claims to be larger than the file': [
    () => join(fileType, box('moov', new Uint8Array(1000), 0xffff_fff0)),
    damaged,
  ],
  'boxes that are nested very deeply': [() => join(fileType, nest('moov', 200_000)), damaged],
  'tracks that are nested very deeply': [() => join(fileType, nest('trak', 200_000)), damaged],
  'four billion samples': [() => overwrite(video, 'stsz', 12, [0xff, 0xff, 0xff, 0xff]), damaged],
  'an empty sample table': [() => overwrite(video, 'stco', 8, [0, 0, 0, 0]), ''],
}

describe('a file that is no usable video', () => {
  test.for(Object.entries(unusable))(
    'is refused with a message, and nothing of it is kept: %s',
    async ([, [make, detail]], { server }) => {
      const id = crypto.randomUUID()
      const bytes = new Uint8Array(await make())
      const answer = await server.upload(id, bytes)
      const problem = await answer.json()
      expect([answer.status, problem.type]).toEqual([422, '/problems/unusable-video'])
      expect(problem.detail).toContain(detail)
      expect(server.listFiles()).toEqual({ uploads: [], media: [] })
      expect((await server.send(`GET /api/media/${id}`)).status).toBe(404)
      expect((await server.sendTus(`HEAD /api/uploads/${id}`)).status).toBe(404)
      expect(server.logged.filter(({ level }) => level !== 'info')).toEqual([])
    },
  )

  test('is refused before it is sent if it is empty', async ({ server }) => {
    const answer = await server.begin(crypto.randomUUID(), 0)
    expect([answer.status, (await answer.json()).detail]).toEqual([
      422,
      'The file is empty. Choose a video file.',
    ])
    expect(server.listFiles()).toEqual({ uploads: [], media: [] })
  })

  test('is abandoned when it takes too long to read', async () => {
    const probe = createVideoProbe({ time: 60_000, work: 500 })
    const server = await createUploadServer({ probe })
    const answer = await server.upload(crypto.randomUUID(), manySamples)
    expect((await answer.json()).detail).toContain('can’t be read to the end')
    expect(server.listFiles()).toEqual({ uploads: [], media: [] })
    await server.close()
  })
})

// Some make the parser count to billions, until its thread is terminated.
test('a damaged file has a valid outcome, and the next file can still be read', async () => {
  const probe = createVideoProbe({ time: 10_000, work: 1000 })
  const damage = fc.array(fc.tuple(fc.nat(8000), fc.nat(255)), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(video, webm), damage, async (whole, changes) => {
      const bytes = whole.slice()
      for (const [at, value] of changes) bytes[at] = value
      expect(outcomes).toContain((await probe(inMemory(bytes))).outcome)
    }),
    { numRuns: 40 },
  )
  expect((await probe(inMemory(video))).outcome).toBe('usable')
})

test('a file that can’t be read is not called unusable', async ({ server }) => {
  const probe = createVideoProbe()
  const gone = path.join(server.folders.media, 'gone.mp4')
  writeFileSync(gone, video)
  const file = await openFile(gone)
  rmSync(gone)
  await expect(probe(file as StoredFile)).rejects.toThrow('ENOENT')
  expect((await probe(inMemory(video))).outcome).toBe('usable')
})

describe('a video in a common format', () => {
  test.for([
    ['MOV', '02.mp4', new MovOutputFormat(), { mimeType: 'video/quicktime', codec: 'h264' }],
    ['MKV', '02.mp4', new MkvOutputFormat(), { mimeType: 'video/x-matroska', audioCodec: 'aac' }],
    ['WebM', '03.webm', new WebMOutputFormat(), { mimeType: 'video/webm', codec: 'vp9' }],
    ['fragmented MP4', '02.mp4', new Mp4OutputFormat({ fastStart: 'fragmented' }), {}],
    ['MP4 whose index comes last', '02.mp4', new Mp4OutputFormat({ fastStart: false }), {}],
  ] as const)('is read: %s', async ([, name, format, facts], { server }) => {
    const id = crypto.randomUUID()
    const answer = await server.upload(id, await remux(name, { format }))
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    const details = await (await server.send(`GET /api/media/${id}`)).json()
    expect(details).toMatchObject({ width: 640, height: 360, ...facts })
    expect(Math.floor(details.durationSeconds)).toBe(name === '02.mp4' ? 34 : 20)
  })

  test('has the size that it shows after rotation', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.upload(id, await remux('02.mp4', { format: new Mp4OutputFormat(), rotation: 90 }))
    expect(await (await server.send(`GET /api/media/${id}`)).json()).toMatchObject({
      width: 360,
      height: 640,
      rotation: 90,
    })
  })
})
