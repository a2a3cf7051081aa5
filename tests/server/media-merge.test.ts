import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { MediaPage } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import type { MediaMergeResult } from '#contract/media-merge.ts'
import type { Video } from '#contract/videos.ts'
import { mediaAssets } from '#server/db/schema.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const merge = (server: TestServer, mediaId: string, into: string) =>
  server.send(`POST /api/media/${mediaId}/merge`, { body: { into } })

/** Adds two assets with the same content, the older one first, and two chapters. */
async function setUp(server: TestServer) {
  const [old] = await server.addAssets(['Old.mp4'])
  const [copy] = await server.addAssets(['Copy.mp4'])
  const [one, two] = await server.addChapters('One', 'Two')
  if (!old || !copy || !one || !two) throw new Error('no assets or chapters')
  await server.database.update(mediaAssets).set({ contentHash: 'the same' })
  return { old, copy, one, two }
}

const list = async (server: TestServer) => {
  const { media }: MediaPage = await (await server.send('GET /api/media')).json()
  return media.map(({ filename, usageCount }) => [filename, usageCount])
}

const listVideos = async (server: TestServer, chapterId: string): Promise<Video[]> =>
  (await (await server.send(`GET /api/chapters/${chapterId}/videos`)).json()).videos

const link = async (server: TestServer, chapterId: string, mediaId: string, position = 'a0') => {
  const id = crypto.randomUUID()
  const route = `PUT /api/chapters/${chapterId}/videos/${id}`
  const body = { mediaId, filename: 'Typed.mp4', position }
  expect((await server.send(route, { body })).status).toBe(201)
  return { id, route, body }
}

const readProblem = async (response: Response) => [response.status, (await response.json()).type]

describe('an asset that is merged into another with the same content', () => {
  test('is removed, and its videos use the other asset, with the same names and positions', async ({
    server,
  }) => {
    const { old, copy, one, two } = await setUp(server)
    await link(server, one.id, copy.id)
    await link(server, two.id, copy.id, 'a1')
    const before = [...(await listVideos(server, one.id)), ...(await listVideos(server, two.id))]
    const answer = await merge(server, copy.id, old.id)
    expect([answer.status, await answer.json()]).toEqual([200, { relinkedCount: 2, keptIn: [] }])
    expect([...(await listVideos(server, one.id)), ...(await listVideos(server, two.id))]).toEqual(
      before.map((video) => ({ ...video, mediaId: old.id, version: 2 })),
    )
    expect(await list(server)).toEqual([['Old.mp4', 2]])
  })

  test('keeps its video in a chapter that already has the other asset', async ({ server }) => {
    const { old, copy, one, two } = await setUp(server)
    await link(server, one.id, old.id)
    const kept = await link(server, one.id, copy.id, 'a1')
    await link(server, two.id, copy.id)
    const { relinkedCount, keptIn }: MediaMergeResult = await (
      await merge(server, copy.id, old.id)
    ).json()
    expect(relinkedCount).toBe(1)
    expect(keptIn).toEqual([
      {
        courseId: one.courseId,
        courseTitle: 'A course',
        chapterId: one.id,
        chapterTitle: 'One',
      },
    ])
    const [, video] = await listVideos(server, one.id)
    expect(video).toMatchObject({ id: kept.id, mediaId: copy.id, version: 1 })
    expect((await server.send(`GET /media/${copy.id}/file`)).status).toBe(200)
  })

  test('is already merged when the request is repeated', async ({ server }) => {
    const { old, copy, one } = await setUp(server)
    await link(server, one.id, copy.id)
    await merge(server, copy.id, old.id)
    const again = await merge(server, copy.id, old.id)
    expect([again.status, await again.json()]).toEqual([200, { relinkedCount: 0, keptIn: [] }])
    const restored = await server.send(`POST /api/media/${copy.id}/restore`)
    expect((await restored.json()).version).toBe(3)
    expect(await list(server)).toEqual([
      ['Copy.mp4', 0],
      ['Old.mp4', 1],
    ])
  })

  test('lets a link be sent again, and answers a stale change with the current row', async ({
    server,
  }) => {
    const { old, copy, one } = await setUp(server)
    const { id, route, body } = await link(server, one.id, copy.id)
    await merge(server, copy.id, old.id)
    const again = await server.send(route, { body })
    expect([again.status, (await again.json()).mediaId]).toEqual([200, old.id])
    const late = await server.send(`PATCH /api/videos/${id}`, {
      body: { filename: 'Late.mp4' },
      headers: { 'if-match': '"1"' },
    })
    expect(late.status).toBe(412)
    expect((await late.json()).video).toMatchObject({ mediaId: old.id, version: 2 })
  })

  test('leaves its removed videos as they are, so that they can be restored', async ({
    server,
  }) => {
    const { old, copy, one } = await setUp(server)
    const { id } = await link(server, one.id, copy.id)
    await server.send(`DELETE /api/videos/${id}`)
    await merge(server, copy.id, old.id)
    await link(server, one.id, old.id)
    const restored = await server.send(`POST /api/videos/${id}/restore`)
    expect([restored.status, (await restored.json()).mediaId]).toEqual([200, copy.id])
  })

  test('passes on the captions that the other asset lacks', async ({ server }) => {
    const { old, copy } = await setUp(server)
    const put = (mediaId: string, language: string, text: string) =>
      server.app.request(`/api/media/${mediaId}/captions/${language}`, {
        method: 'PUT',
        headers: { 'content-type': 'text/vtt' },
        body: `WEBVTT\n\n00:01.000 --> 00:02.000\n${text}\n`,
      })
    await put(old.id, 'en', 'Old')
    await put(copy.id, 'en', 'Copy')
    await put(copy.id, 'de', 'Kopie')
    await merge(server, copy.id, old.id)
    const read = async (language: string) =>
      (await server.send(`GET /media/${old.id}/captions/${language}`)).text()
    expect(await read('en')).toContain('Old')
    expect(await read('de')).toContain('Kopie')
  })

  test('is refused if the contents differ or are unknown, or if the other asset is gone', async ({
    server,
  }) => {
    const { old, copy } = await setUp(server)
    const missing = [422, '/problems/media-not-found']
    expect(await readProblem(await merge(server, copy.id, copy.id))).toEqual(missing)
    expect(await readProblem(await merge(server, copy.id, crypto.randomUUID()))).toEqual(missing)
    expect((await merge(server, crypto.randomUUID(), old.id)).status).toBe(404)
    expect((await merge(server, copy.id, 'old')).status).toBe(400)
    for (const contentHash of ['another', null]) {
      await server.database
        .update(mediaAssets)
        .set({ contentHash })
        .where(eq(mediaAssets.id, copy.id))
      const refused = await readProblem(await merge(server, copy.id, old.id))
      expect(refused).toEqual([422, '/problems/different-content'])
    }
    await server.database.update(mediaAssets).set({ contentHash: null })
    expect((await merge(server, copy.id, old.id)).status).toBe(422)
    await server.database.update(mediaAssets).set({ contentHash: 'the same' })
    await server.send(`DELETE /api/media/${old.id}`)
    expect(await readProblem(await merge(server, copy.id, old.id))).toEqual(missing)
    expect(await list(server)).toEqual([['Copy.mp4', 0]])
  })

  test('survives as one of the two when each is merged into the other at once', async ({
    server,
  }) => {
    const { old, copy, one } = await setUp(server)
    await link(server, one.id, copy.id)
    const answers = await Promise.all([
      merge(server, copy.id, old.id),
      merge(server, old.id, copy.id),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422])
    expect((await list(server)).map(([, usageCount]) => usageCount)).toEqual([1])
  })
})

test('the details of an asset say which of its duplicates are older', async ({ server }) => {
  const { old, copy } = await setUp(server)
  const readDuplicates = async (id: string) =>
    ((await (await server.send(`GET /api/media/${id}`)).json()) as MediaDetails).duplicates
  expect(await readDuplicates(copy.id)).toEqual([
    { id: old.id, filename: 'Old.mp4', isOlder: true },
  ])
  expect(await readDuplicates(old.id)).toEqual([
    { id: copy.id, filename: 'Copy.mp4', isOlder: false },
  ])
})
