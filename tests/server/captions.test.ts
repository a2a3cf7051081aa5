import { describe, expect } from 'vitest'
import { test, type UploadServer } from '../support/upload-server.ts'

const srt = `1\r
00:00:01,000 --> 00:00:02,500\r
Light <i>falls</i>\r
on the lens\r
\r
2\r
01:02:03,456 --> 01:02:05,000\r
a --> b\r
`
const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000 align:start\nLight falls\n'

async function addAsset(server: UploadServer) {
  const [asset] = await server.addAssets(['Lesson.mp4'])
  return String(asset?.id)
}

interface Captions {
  body?: string | Uint8Array<ArrayBuffer>
  type?: string
  language?: string
  headers?: Record<string, string>
}

const put = (
  server: UploadServer,
  id: string,
  { body = srt, type = 'application/x-subrip', language = 'en', headers = {} }: Captions = {},
) =>
  server.app.request(`/api/media/${id}/captions/${language}`, {
    method: 'PUT',
    headers: { 'content-type': type, ...headers },
    body,
  })

const get = (server: UploadServer, id: string, language = 'en') =>
  server.send(`GET /media/${id}/captions/${language}`)

const listLanguages = async (server: UploadServer, id: string) =>
  (await (await server.send(`GET /api/media/${id}`)).json()).captions

describe('captions', () => {
  test('in SubRip are served as WebVTT with their times and tags', async ({ server }) => {
    const id = await addAsset(server)
    const answer = await put(server, id)
    expect([answer.status, await answer.json()]).toEqual([200, { language: 'en', cueCount: 2 }])
    const served = await get(server, id)
    expect(served.headers.get('content-type')).toBe('text/vtt; charset=utf-8')
    expect(served.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await served.text()).toBe(
      [
        'WEBVTT',
        '00:00:01.000 --> 00:00:02.500\nLight <i>falls</i>\non the lens',
        '01:02:03.456 --> 01:02:05.000\na → b',
      ].join('\n\n'),
    )
  })

  test('in WebVTT are served as they were sent', async ({ server }) => {
    const id = await addAsset(server)
    const type = 'text/vtt;charset=utf-8'
    expect((await put(server, id, { body: vtt, type })).status).toBe(200)
    expect(await (await get(server, id)).text()).toBe(vtt)
  })

  test('exist once per language, by which they are replaced and removed', async ({ server }) => {
    const id = await addAsset(server)
    await put(server, id)
    await put(server, id, { language: 'PT-br' })
    await put(server, id, { body: vtt, type: 'text/vtt' })
    expect(await listLanguages(server, id)).toEqual([
      { language: 'en', cueCount: 1 },
      { language: 'pt-BR', cueCount: 2 },
    ])
    const remove = () => server.send(`DELETE /api/media/${id}/captions/en`)
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204])
    expect((await get(server, id)).status).toBe(404)
    expect((await get(server, id, 'pt-BR')).status).toBe(200)
  })

  test.for<[string, Captions, number, string]>([
    ['no SubRip', { body: '<html><body>Sign in</body></html>' }, 422, 'contains no captions'],
    ['nothing', { body: '' }, 422, 'contains no captions'],
    ['a NUL character', { body: `${srt}\0` }, 422, 'contains a NUL character'],
    ['a wrong time', { body: srt.replace('02,500', '99,500') }, 422, 'Line 2 isn’t valid SubRip'],
    [
      'WebVTT without its header',
      { body: srt, type: 'text/vtt' },
      422,
      'Line 1 isn’t valid WebVTT',
    ],
    ['another encoding', { body: new Uint8Array([0xff, 0xfe, 0x31]) }, 422, 'isn’t UTF-8'],
    ['another type', { type: 'text/plain' }, 415, 'Send text/vtt or application/x-subrip'],
    ['no language', { language: 'e' }, 400, 'language tag'],
    ['too much', { body: srt.repeat(20_000) }, 413, 'at most 1 MiB'],
    ['from another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403, 'own page'],
  ])('are refused: %s', async ([, captions, status, words], { server }) => {
    const id = await addAsset(server)
    const answer = await put(server, id, captions)
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(words)])
    expect(await listLanguages(server, id)).toEqual([])
  })

  test('that are missing in a course can be listed', async ({ server }) => {
    const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    const [chapter] = await server.addChapters('One')
    await server.addVideos(chapter?.id ?? '', assets.slice(0, 2))
    await put(server, String(assets[0]?.id))
    const path = `/api/media?captions=none&inCourse=${chapter?.courseId}`
    const { media, total } = await (await server.send(`GET ${path}`)).json()
    expect([media[0].filename, total]).toEqual(['b.mp4', 1])
  })

  test('of an unknown asset are refused', async ({ server }) => {
    expect((await put(server, crypto.randomUUID())).status).toBe(404)
    expect((await get(server, 'mine', 'en')).status).toBe(404)
  })
})
