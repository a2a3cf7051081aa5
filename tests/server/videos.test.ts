import { describe, expect } from 'vitest'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

async function linkVideos(server: TestServer) {
  const [chapter, other] = await server.addChapters('One', 'Two')
  const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
  if (!chapter || !other) throw new Error('no chapters')
  const rows = await server.addVideos(chapter.id, assets)
  const videos = rows.map(({ id, chapterId, mediaId, filename, position }) => ({
    id,
    chapterId,
    mediaId,
    filename,
    position,
    version: 1,
    revision: 0,
    durationSeconds: 12.5,
  }))
  const [first, second] = videos
  if (!first || !second) throw new Error('no videos')
  return { chapterId: chapter.id, otherId: other.id, assets, videos, first, second }
}

const patch = (server: TestServer, id: string, body: object, ifMatch?: string) =>
  server.send(`PATCH /api/videos/${id}`, {
    body,
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
  })

const readAnswer = async (answer: Response) => [answer.status, await answer.json()]
const createExpectedProblem = (type: string, status: number) => [
  status,
  expect.objectContaining({ type: `/problems/${type}`, status }),
]
const listVideos = async (server: TestServer, chapterId: string) =>
  (await (await server.send(`GET /api/chapters/${chapterId}/videos`)).json()).videos

describe('a change', () => {
  test('renames and moves, and increments the version', async ({ server }) => {
    const { first, second, videos, chapterId } = await linkVideos(server)
    const renamed = await patch(server, first.id, { filename: ' New.mp4 ' }, '"1"')
    expect(renamed.headers.get('etag')).toBe('"2"')
    expect(await readAnswer(renamed)).toEqual([
      200,
      { ...first, filename: 'New.mp4', version: 2, revision: 1 },
    ])

    const moved = await patch(server, first.id, { position: 'a1V' }, '"2"')
    const now = { ...first, filename: 'New.mp4', position: 'a1V', version: 3, revision: 2 }
    expect(await readAnswer(moved)).toEqual([200, now])
    expect(await listVideos(server, chapterId)).toEqual([second, now, videos[2]])
  })

  test('moves a video to another chapter that exists and lacks its asset', async ({ server }) => {
    const { first, second, otherId, assets } = await linkVideos(server)
    await server.addVideos(otherId, assets.slice(1, 2))
    expect(await readAnswer(await patch(server, first.id, { chapterId: otherId }, '"1"'))).toEqual([
      200,
      { ...first, chapterId: otherId, version: 2, revision: 1 },
    ])
    expect(await readAnswer(await patch(server, second.id, { chapterId: otherId }, '"1"'))).toEqual(
      createExpectedProblem('asset-already-linked', 409),
    )
    const nowhere = crypto.randomUUID()
    expect(await readAnswer(await patch(server, second.id, { chapterId: nowhere }, '"1"'))).toEqual(
      createExpectedProblem('not-found', 404),
    )
  })

  test('to an older version is answered with the newest', async ({ server }) => {
    const { first } = await linkVideos(server)
    await patch(server, first.id, { filename: 'theirs.mp4' }, '"1"')
    const mine = await patch(server, first.id, { filename: 'mine.mp4' }, '"1"')
    expect(await readAnswer(mine)).toEqual([
      412,
      {
        type: '/problems/version-mismatch',
        title: 'It has changed in the meantime',
        status: 412,
        detail: expect.any(String),
        video: { ...first, filename: 'theirs.mp4', version: 2, revision: 1 },
      },
    ])
  })

  test('succeeds only once among many to the same version', async ({ server }) => {
    const { first } = await linkVideos(server)
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        patch(server, first.id, { filename: `${index}.mp4` }, '"1"'),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)])
  })

  test('has to name the version that it changes', async ({ server }) => {
    const { first } = await linkVideos(server)
    const body = { filename: 'x.mp4' }
    expect(await readAnswer(await patch(server, first.id, body))).toEqual(
      createExpectedProblem('version-required', 428),
    )
    for (const malformed of ['1', '""', '"0"', '"x"', 'W/"1"', '"1", "2"', '*']) {
      expect(await readAnswer(await patch(server, first.id, body, malformed))).toEqual(
        createExpectedProblem('invalid-request', 400),
      )
    }
  })

  test.for([
    [{ filename: '   ' }, 'Enter a filename'],
    [{ filename: 'a/b' }, 'Remove / and \\: a filename can’t contain them'],
    [{ filename: 'a\nb' }, 'Remove line breaks, tabs and other control characters'],
    [{ filename: 'x'.repeat(256) }, 'Use at most 255 characters'],
    [{ filename: '\ud83d' }, 'Remove the broken character (an unpaired surrogate)'],
  ] as const)(
    'with %o is refused with a message for the field: %s',
    async ([body, message], { server }) => {
      const { first } = await linkVideos(server)
      expect(await readAnswer(await patch(server, first.id, body, '"1"'))).toEqual([
        400,
        {
          type: '/problems/invalid-request',
          title: 'The request is invalid',
          status: 400,
          detail: `${message}.`,
          errors: [{ path: 'body.filename', message }],
        },
      ])
    },
  )

  test('accepts names of 255 characters outside the basic plane', async ({ server }) => {
    const { first } = await linkVideos(server)
    const filename = '🎬'.repeat(255)
    expect(await readAnswer(await patch(server, first.id, { filename }, '"1"'))).toEqual([
      200,
      { ...first, filename, version: 2, revision: 1 },
    ])
  })

  test('to an unknown or removed video is refused', async ({ server }) => {
    const { first } = await linkVideos(server)
    const body = { filename: 'x.mp4' }
    const nowhere = crypto.randomUUID()
    expect(await readAnswer(await patch(server, nowhere, body, '"1"'))).toEqual(
      createExpectedProblem('not-found', 404),
    )
    await server.send(`DELETE /api/videos/${first.id}`)
    const [status, problem] = await readAnswer(await patch(server, first.id, body, '"1"'))
    expect([status, problem]).toEqual(createExpectedProblem('removed', 410))
    expect(problem.revision).toBe(1)
  })
})

describe('a removal', () => {
  test('can be undone, with id, name and place', async ({ server }) => {
    const { first, chapterId, videos } = await linkVideos(server)
    await patch(server, first.id, { filename: 'New.mp4' }, '"1"')
    for (const _ of ['once', 'again']) {
      expect((await server.send(`DELETE /api/videos/${first.id}`)).status).toBe(204)
    }
    expect(await listVideos(server, chapterId)).toEqual(videos.slice(1))

    const back = { ...first, filename: 'New.mp4', version: 3, revision: 3 }
    for (const _ of ['once', 'again']) {
      expect(await readAnswer(await server.send(`POST /api/videos/${first.id}/restore`))).toEqual([
        200,
        back,
      ])
    }
    expect(await listVideos(server, chapterId)).toEqual([back, ...videos.slice(1)])
  })

  test('can’t be undone if the asset is in the chapter again', async ({ server }) => {
    const { first, chapterId, assets } = await linkVideos(server)
    await server.send(`DELETE /api/videos/${first.id}`)
    await server.addVideos(chapterId, assets.slice(0, 1))
    expect(await readAnswer(await server.send(`POST /api/videos/${first.id}/restore`))).toEqual(
      createExpectedProblem('asset-already-linked', 409),
    )
  })

  test('of an id that was never linked can be undone, and the id linked', async ({ server }) => {
    const { chapterId, otherId, assets } = await linkVideos(server)
    const id = crypto.randomUUID()
    const link = () =>
      server.send(`PUT /api/chapters/${otherId}/videos/${id}`, {
        body: { mediaId: assets[0]?.id, filename: 'x.mp4', position: 'a0' },
      })
    expect((await server.send(`POST /api/videos/${id}/restore`)).status).toBe(404)
    await server.send(`DELETE /api/videos/${id}`)
    expect((await link()).status).toBe(410)
    expect((await server.send(`POST /api/videos/${id}/restore`)).status).toBe(204)
    expect((await link()).status).toBe(201)
    expect(await listVideos(server, chapterId)).toHaveLength(3)
  })
})
