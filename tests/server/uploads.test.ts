import { existsSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect } from 'vitest'
import {
  checksum,
  createUploadServer,
  metadata,
  readVideo,
  test,
  type UploadServer,
} from '../support/upload-server.ts'

const video = readVideo('02.mp4')
const mebibyte = 1024 * 1024
const nothing = { uploads: [], media: [] }

const readDetails = async (server: UploadServer, id: string) =>
  (await server.send(`GET /api/media/${id}`)).json()
const readOffset = async (server: UploadServer, id: string) => {
  const { status, headers } = await server.sendTus(`HEAD /api/uploads/${id}`)
  return [status, headers.get('upload-offset'), headers.get('upload-length')]
}
const readProblem = async (response: Response) => {
  const { type, detail } = await response.json()
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return [response.status, type, detail]
}
const countMedia = async (server: UploadServer) =>
  (await (await server.send('GET /api/media')).json()).total
const findErrors = (server: UploadServer) => server.logged.filter(({ level }) => level !== 'info')

describe('an uploaded file', () => {
  test('is in the library with the facts of its content', async ({ server }) => {
    const id = crypto.randomUUID()
    const begun = await server.begin(id, video.length, 'Über “uns”.mp4')
    expect([begun.status, begun.headers.get('location')]).toEqual([201, `/api/uploads/${id}`])
    const half = Math.floor(video.length / 2)
    const first = await server.continue(id, 0, video.slice(0, half))
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, String(half)])
    expect(await readOffset(server, id)).toEqual([200, String(half), String(video.length)])
    const last = await server.continue(id, half, video.slice(half))
    expect([last.status, last.headers.get('tus-resumable')]).toEqual([204, '1.0.0'])
    expect(await readDetails(server, id)).toEqual({
      id,
      filename: 'Über “uns”.mp4',
      sizeBytes: video.length,
      durationSeconds: 34.5,
      width: 640,
      height: 360,
      codec: 'h264',
      audioCodec: 'aac',
      rotation: 0,
      mimeType: 'video/mp4',
      contentHash: checksum(video),
      hasThumbnail: false,
      captions: [],
      usage: [],
      duplicates: [],
      status: 'ready',
      version: 1,
      createdAt: expect.stringMatching(/Z$/),
      usageCount: 0,
      tags: [],
    })
    expect(server.listFiles()).toEqual({ uploads: [], media: [id] })
    expect(await readOffset(server, id)).toEqual([200, String(video.length), String(video.length)])
  })

  test('is served by ranges, sandboxed and with its own content type', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.upload(id, video, '<script>.html')
    const part = await server.send(`GET /media/${id}/file`, { headers: { range: 'bytes=5-99' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 5-99/${video.length}`,
    ])
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(video.slice(5, 100))
    expect([
      part.headers.get('content-type'),
      part.headers.get('x-content-type-options'),
      part.headers.get('content-security-policy'),
    ]).toEqual(['video/mp4', 'nosniff', "default-src 'none'; media-src 'self'; sandbox"])
  })

  test.for([
    ['03.webm', { mimeType: 'video/webm', codec: 'vp9', audioCodec: 'opus' }],
    ['06.mp4', { mimeType: 'video/mp4', codec: 'h264', width: 360, height: 640 }],
    ['07.webm', { mimeType: 'video/webm', codec: 'vp8', audioCodec: 'vorbis' }],
    ['09.mp4', { mimeType: 'video/mp4', codec: 'av1', audioCodec: 'aac' }],
    ['22.mp4', { mimeType: 'video/mp4', codec: 'h264', audioCodec: null }],
    ['26.webm', { mimeType: 'video/webm', codec: 'av1', audioCodec: 'opus' }],
  ] as const)('is identified by its content: %s', async ([name, facts], { server }) => {
    const id = crypto.randomUUID()
    expect((await server.upload(id, readVideo(name), 'Lesson')).status).toBe(204)
    expect(await readDetails(server, id)).toMatchObject(facts)
  })

  test('may be sent with its creation request', async ({ server }) => {
    const id = crypto.randomUUID()
    const begun = await server.sendTus('POST /api/uploads', {
      headers: {
        'upload-length': String(video.length),
        'upload-metadata': metadata({ id, filename: 'Lesson.mp4' }),
        'content-type': 'application/offset+octet-stream',
      },
      body: video,
    })
    expect([begun.status, begun.headers.get('upload-offset')]).toEqual([201, String(video.length)])
    expect((await readDetails(server, id)).contentHash).toBe(checksum(video))
  })

  test('has an id in any case', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.begin(id.toUpperCase(), video.length)
    expect((await server.continue(id.toUpperCase(), 0, video)).status).toBe(204)
    expect((await readDetails(server, id)).contentHash).toBe(checksum(video))
  })
})

describe('a request that is sent again', () => {
  test('starts no second upload', async ({ server }) => {
    const id = crypto.randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => server.begin(id, video.length)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
    await server.continue(id, 0, video.slice(0, 1000))
    const again = await server.begin(id, video.length)
    expect([
      again.status,
      again.headers.get('upload-offset'),
      again.headers.get('location'),
    ]).toEqual([200, '1000', `/api/uploads/${id}`])
    await server.continue(id, 1000, video.slice(1000))
    const late = await server.begin(id, video.length, ' Lesson.mp4 ')
    expect([late.status, late.headers.get('upload-offset')]).toEqual([200, String(video.length)])
    expect(await countMedia(server)).toBe(1)
  })

  test('finishes an upload once', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.begin(id, video.length)
    await server.continue(id, 0, video.slice(0, -1))
    const last = await server.continue(id, video.length - 1, video.slice(-1))
    const again = await server.continue(id, video.length, new Uint8Array())
    const late = await server.continue(id, video.length - 1, video.slice(-1))
    expect([last.status, again.status, late.status]).toEqual([204, 204, 409])
    expect(await countMedia(server)).toBe(1)
  })

  test('finishes an upload that was complete when the server stopped', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.begin(id, video.length)
    const { inspect } = server.dependencies.uploads ?? {}
    if (!server.dependencies.uploads || !inspect) throw new Error('no uploads')
    server.dependencies.uploads.inspect = () => Promise.reject(new Error('stopped'))
    expect((await server.continue(id, 0, video)).status).toBe(500)
    // The server may stop after moving the file into place and before inserting its row.
    renameSync(path.join(server.folders.uploads, id), path.join(server.folders.media, id))
    server.dependencies.uploads.inspect = inspect
    expect(await readOffset(server, id)).toEqual([200, String(video.length), String(video.length)])
    expect((await readDetails(server, id)).contentHash).toBe(checksum(video))
    expect(server.listFiles()).toEqual({ uploads: [], media: [id] })
  })

  test.for([
    ['another size', video.length + 1, 'Lesson.mp4'],
    ['another name', video.length, 'Other.mp4'],
  ] as const)('is refused with %s', async ([, size, filename], { server }) => {
    const id = crypto.randomUUID()
    const reused = [422, '/problems/id-reused', expect.stringContaining('under this id')]
    await server.begin(id, video.length)
    expect(await readProblem(await server.begin(id, size, filename))).toEqual(reused)
    await server.continue(id, 0, video)
    expect(await readProblem(await server.begin(id, size, filename))).toEqual(reused)
    expect((await readDetails(server, id)).contentHash).toBe(checksum(video))
  })

  test('is refused under the id of an asset that was not uploaded', async ({ server }) => {
    const [asset] = await server.addAssets(['Lesson.mp4'])
    const answer = await server.begin(String(asset?.id), 1000)
    expect([answer.status, (await answer.json()).type]).toEqual([422, '/problems/id-reused'])
  })
})

describe('two requests for one upload', () => {
  test('end with the right file: the later one resumes where the earlier one stopped', async ({
    server,
  }) => {
    const id = crypto.randomUUID()
    await server.begin(id, video.length)
    const endless = new ReadableStream({ start: (body) => body.enqueue(video.slice(0, 5000)) })
    const earlier = server.continue(id, 0, endless)
    const received = path.join(server.folders.uploads, id)
    // Read from disk: asking the server would end the earlier request.
    await expect.poll(() => statSync(received).size).toBe(5000)
    expect(await readOffset(server, id)).toEqual([200, '5000', String(video.length)])
    expect((await server.continue(id, 5000, video.slice(5000))).status).toBe(204)
    expect((await earlier).headers.get('upload-offset')).toBe('5000')
    expect((await readDetails(server, id)).contentHash).toBe(checksum(video))
  })
})

describe('an upload', () => {
  test('is cancelled with its files, however often that is requested', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.begin(id, video.length)
    await server.continue(id, 0, video.slice(0, 1000))
    for (let times = 0; times < 2; times++) {
      expect((await server.sendTus(`DELETE /api/uploads/${id}`)).status).toBe(204)
      expect(server.listFiles()).toEqual(nothing)
    }
    expect((await server.sendTus(`HEAD /api/uploads/${id}`)).status).toBe(404)
  })

  test('can’t be cancelled once finished', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.upload(id, video)
    const answer = await server.sendTus(`DELETE /api/uploads/${id}`)
    expect(await readProblem(answer)).toEqual([
      409,
      '/problems/upload-finished',
      'The upload is finished. Remove the video from the library instead.',
    ])
    expect(server.listFiles().media).toEqual([id])
  })

  test('announces what it supports', async ({ server }) => {
    const { status, headers } = await server.send('OPTIONS /api/uploads')
    expect(status).toBe(204)
    expect(
      Object.fromEntries([...headers].filter(([name]) => /^(tus|access)-/.test(name))),
    ).toEqual({
      'tus-extension': 'creation,creation-with-upload,termination',
      'tus-max-size': String(10 * 1024 * mebibyte),
      'tus-resumable': '1.0.0',
      'tus-version': '1.0.0',
    })
  })
})

test('uploads are in the OpenAPI document', async ({ server }) => {
  const { paths } = await (await server.send('GET /api/openapi.json')).json()
  expect(Object.keys(paths['/api/uploads'])).toEqual(['options', 'post'])
  expect(Object.keys(paths['/api/uploads/{uploadId}'])).toEqual(['get', 'patch', 'delete'])
  expect(
    paths['/api/uploads'].post.parameters.map(
      ({ name, schema }: { name: string; schema: object }) => [name, schema],
    ),
  ).toEqual([
    ['upload-length', expect.objectContaining({ type: 'string' })],
    ['upload-metadata', expect.objectContaining({ type: 'string' })],
  ])
})

describe('a file that is too large', () => {
  const limited = test.extend<{ server: UploadServer }>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest parses the pattern for dependencies
    server: async ({}, use) => {
      const readFreeSpace = async () => 5 * mebibyte
      const server = await createUploadServer({ maxSize: 10 * mebibyte, readFreeSpace })
      await use(server)
      await server.close()
    },
  })

  limited('is refused before it is sent', async ({ server }) => {
    const answer = await server.begin(crypto.randomUUID(), 10 * mebibyte + 1)
    expect(await readProblem(answer)).toEqual([
      413,
      '/problems/file-too-large',
      'The file is too large. The maximum size is 10 MB.',
    ])
    expect(server.listFiles()).toEqual(nothing)
  })

  limited('for the disk is refused before it is sent', async ({ server }) => {
    const answer = await server.begin(crypto.randomUUID(), 5 * mebibyte + 1)
    expect(await readProblem(answer)).toEqual([
      507,
      '/problems/insufficient-storage',
      'The server’s disk has no room for 5.2 MB. Free some space there, then try again.',
    ])
    expect(server.listFiles()).toEqual(nothing)
  })

  test('for the announced size is refused, and what came before is kept', async ({ server }) => {
    const id = crypto.randomUUID()
    await server.begin(id, video.length)
    await server.continue(id, 0, video.slice(0, 1000))
    const headers = { 'content-length': String(video.length) }
    const answer = await server.continue(id, 1000, video, headers)
    expect(await readProblem(answer)).toEqual([
      413,
      '/problems/file-too-large',
      'This part extends beyond the announced size of the upload.',
    ])
    expect((await server.continue(id, 1000, video.slice(1000))).status).toBe(204)
    expect((await readDetails(server, id)).contentHash).toBe(checksum(video))
  })

  test.skipIf(!existsSync('/dev/full'))(
    'for the disk is interrupted, and resumes once there is room',
    async ({ server }) => {
      const id = crypto.randomUUID()
      await server.begin(id, video.length)
      const file = path.join(server.folders.uploads, id)
      renameSync(file, `${file}.aside`)
      symlinkSync('/dev/full', file)
      const answer = await server.continue(id, 0, video)
      expect(await readProblem(answer)).toEqual([
        507,
        '/problems/insufficient-storage',
        'The server’s disk is full. What was received is kept. Free some space there, then continue.',
      ])
      rmSync(file)
      renameSync(`${file}.aside`, file)
      expect((await server.continue(id, 0, video)).status).toBe(204)
      expect((await readDetails(server, id)).contentHash).toBe(checksum(video))
    },
  )
})

describe('a request is refused', () => {
  const id = crypto.randomUUID()
  const part = 'application/offset+octet-stream'
  const begin = (headers: Record<string, string>) => (server: UploadServer) =>
    server.begin(id, 1000, 'Lesson.mp4', headers)
  const sendPart = (headers: Record<string, string>) => async (server: UploadServer) => {
    await server.begin(id, 1000)
    return server.continue(id, 0, 'x', headers)
  }
  const invalid = 'invalid-request'
  const refusals: Record<
    string,
    [(server: UploadServer) => Promise<Response>, number, string, string]
  > = {
    'without a version of tus': [
      begin({ 'tus-resumable': '' }),
      412,
      'unsupported-protocol',
      'Use tus 1.0.0: send Tus-Resumable: 1.0.0.',
    ],
    'with another version of tus': [
      sendPart({ 'tus-resumable': '0.2.2' }),
      412,
      'unsupported-protocol',
      '',
    ],
    'from another site': [
      begin({ 'sec-fetch-site': 'cross-site' }),
      403,
      'wrong-origin',
      'Only Lectern’s own page can send files here.',
    ],
    'from another origin': [sendPart({ origin: 'https://other.example' }), 403, 'wrong-origin', ''],
    'from a page without an origin': [sendPart({ origin: 'null' }), 403, 'wrong-origin', ''],
    'with another content type': [
      sendPart({ 'content-type': 'video/mp4' }),
      415,
      'unsupported-media-type',
      `The content type is “video/mp4”. Send ${part}.`,
    ],
    'that starts an upload with a body of another type': [
      begin({ 'content-type': 'application/json' }),
      415,
      'unsupported-media-type',
      `The content type is “application/json”. Send ${part}.`,
    ],
    'with a compressed body': [
      sendPart({ 'content-encoding': 'gzip' }),
      415,
      'unsupported-media-type',
      'The body is compressed with “gzip”. Send it uncompressed.',
    ],
    'at a wrong offset': [
      sendPart({ 'upload-offset': '5' }),
      409,
      'wrong-offset',
      'Get the current offset with HEAD, then continue from there.',
    ],
    'at an invalid offset': [
      sendPart({ 'upload-offset': '-1' }),
      400,
      invalid,
      'Use a whole number as the offset.',
    ],
    'without a size': [
      begin({ 'upload-length': '', 'upload-defer-length': '1' }),
      400,
      invalid,
      'Use a whole number as the size.',
    ],
    'with an invalid size': [begin({ 'upload-length': '1e3' }), 400, invalid, ''],
    'for a concatenation of parts': [
      begin({ 'upload-concat': 'partial' }),
      400,
      invalid,
      'Concatenation extension is not (yet) supported.',
    ],
    'without metadata': [
      (server) => server.sendTus('POST /api/uploads', { headers: { 'upload-length': '1' } }),
      400,
      invalid,
      'Send the id and filename in Upload-Metadata.',
    ],
    'with an invalid id': [
      (server) => server.begin('../../etc/passwd', 1000),
      400,
      invalid,
      'Use a UUID.',
    ],
    'for an unknown upload': [
      (server) => server.continue(crypto.randomUUID(), 0, 'x'),
      404,
      'not-found',
      'This upload no longer exists. It was cancelled or left unfinished for too long.',
    ],
    'for an address that tries to escape the folder': [
      (server) => server.continue('..%2F..%2Fmedia', 0, 'x'),
      400,
      invalid,
      'Use a UUID.',
    ],
  }
  test.for(Object.entries(refusals))('%s', async ([, [send, status, kind, detail]], { server }) => {
    expect(await readProblem(await send(server))).toEqual([
      status,
      `/problems/${kind}`,
      expect.stringContaining(detail),
    ])
    expect(findErrors(server)).toEqual([])
  })

  test.for([
    ['../../evil.mp4', 'Remove / and \\: a filename can’t contain them.'],
    ['a\u0000b.mp4', 'Remove line breaks, tabs and other control characters.'],
    ['a\nb.mp4', 'Remove line breaks, tabs and other control characters.'],
    ['lesson\u202e4pm.exe', 'Remove the invisible characters that change the text direction.'],
    ['x'.repeat(4000), 'Use at most 255 characters.'],
    ['\u200b', 'Use at least one visible character.'],
    ['', 'Enter a filename. Use at least one visible character.'],
  ])('for the name %j', async ([filename = '', detail], { server }) => {
    const answer = await server.begin(crypto.randomUUID(), 1000, filename)
    const [status, type, message] = await readProblem(answer)
    expect([status, type]).toEqual([400, '/problems/invalid-request'])
    expect(detail).toContain(message)
    expect(server.listFiles()).toEqual(nothing)
  })
})
