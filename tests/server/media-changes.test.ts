import { eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { MediaAsset, MediaPage } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { deleteRemoved } from '#server/db/outdated-rows.ts'
import { mediaAssets } from '#server/db/schema.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

async function addAsset(server: TestServer, filename = 'Lesson 1.mp4') {
  const [asset] = await server.addAssets([filename])
  if (!asset) throw new Error('no asset')
  return asset
}

const readJson = async <Body>(answer: Promise<Response>): Promise<Body> => (await answer).json()
const list = async (server: TestServer, query = '') =>
  (await readJson<MediaPage>(server.send(`GET /api/media?${query}`))).media.map(
    ({ filename }) => filename,
  )
const rename = (server: TestServer, id: string, filename: string, version = 1) =>
  server.send(`PATCH /api/media/${id}`, {
    body: { filename },
    headers: { 'if-match': `"${version}"` },
  })
const readProblem = async (response: Response) => [response.status, (await response.json()).type]

describe('an asset', () => {
  test('is renamed, sorted and found under its new name, and its videos keep theirs', async ({
    server,
  }) => {
    const asset = await addAsset(server)
    await addAsset(server, 'Another.mp4')
    const [chapter] = await server.addChapters('Basics')
    await server.addVideos(chapter?.id ?? '', [asset])
    const renamed = await rename(server, asset.id, 'Zebra.mp4')
    expect([renamed.status, renamed.headers.get('etag')]).toEqual([200, '"2"'])
    expect(await renamed.json()).toMatchObject({ filename: 'Zebra.mp4', version: 2, usageCount: 1 })
    expect(await list(server)).toEqual(['Another.mp4', 'Zebra.mp4'])
    expect(await list(server, 'search=zebra')).toEqual(['Zebra.mp4'])
    expect(await server.filenames(chapter?.id ?? '')).toEqual(['Lesson 1.mp4'])
  })

  test('is renamed only with its current version', async ({ server }) => {
    const { id } = await addAsset(server)
    const unversioned = server.send(`PATCH /api/media/${id}`, { body: { filename: 'a.mp4' } })
    expect(await readProblem(await unversioned)).toEqual([428, '/problems/version-required'])
    await rename(server, id, 'Theirs.mp4')
    const late = await rename(server, id, 'Mine.mp4')
    expect(late.status).toBe(412)
    expect(await late.json()).toMatchObject({ asset: { filename: 'Theirs.mp4', version: 2 } })
    expect(await readProblem(await rename(server, id, 'a/b.mp4', 2))).toEqual([
      400,
      '/problems/invalid-request',
    ])
    expect(await readProblem(await rename(server, crypto.randomUUID(), 'a.mp4'))).toEqual([
      404,
      '/problems/not-found',
    ])
  })

  test('reports where it is used and which others have the same content', async ({ server }) => {
    const { id } = await addAsset(server)
    const chapters = await server.addChapters('One', 'Two')
    for (const chapter of chapters) {
      await server.send(`PUT /api/chapters/${chapter.id}/videos/${crypto.randomUUID()}`, {
        body: { mediaId: id, filename: 'a.mp4', position: 'a0' },
      })
    }
    const details = await readJson<MediaDetails>(server.send(`GET /api/media/${id}`))
    expect(details.usageCount).toBe(2)
    expect(details.duplicates).toEqual([])
    expect(
      details.usage.map(({ courseTitle, chapterTitle }) => [courseTitle, chapterTitle]),
    ).toEqual([
      ['A course', 'One'],
      ['A course', 'Two'],
    ])
    expect([await list(server, 'use=used'), await list(server, 'use=unused')]).toEqual([
      ['Lesson 1.mp4'],
      [],
    ])
  })

  test('is left out of lists for a chapter or course that has it', async ({ server }) => {
    const asset = await addAsset(server)
    const [one, two] = await server.addChapters('One', 'Two')
    await server.addVideos(one?.id ?? '', [asset])
    const listMissing = (place: string, id = '') => list(server, `${place}=${id}`)
    expect(await listMissing('notInChapter', one?.id)).toEqual([])
    expect(await listMissing('notInChapter', two?.id)).toEqual(['Lesson 1.mp4'])
    expect(await listMissing('notInCourse', one?.courseId)).toEqual([])
    expect(await listMissing('notInCourse', crypto.randomUUID())).toEqual(['Lesson 1.mp4'])
    await server.send(`DELETE /api/chapters/${one?.id}`)
    expect(await listMissing('notInCourse', one?.courseId)).toEqual(['Lesson 1.mp4'])
    expect((await server.send('GET /api/media?notInChapter=mine')).status).toBe(400)
  })
})

describe('a removed asset', () => {
  test('is not in the library, can’t be linked, and still plays where it is linked', async ({
    server,
  }) => {
    const asset = await addAsset(server)
    const [one, two] = await server.addChapters('One', 'Two')
    await server.addVideos(one?.id ?? '', [asset])
    const { id } = asset
    expect((await server.send(`DELETE /api/media/${id}`)).status).toBe(204)
    expect((await server.send(`DELETE /api/media/${id}`)).status).toBe(204)
    expect(await list(server)).toEqual([])
    expect((await server.send(`GET /api/media/${id}`)).status).toBe(404)
    expect((await server.send(`GET /media/${id}/file`)).status).toBe(200)
    const linked = await server.send(`PUT /api/chapters/${two?.id}/videos/${crypto.randomUUID()}`, {
      body: { mediaId: id, filename: 'a.mp4', position: 'a0' },
    })
    expect(await readProblem(linked)).toEqual([422, '/problems/media-not-found'])
    expect(await server.filenames(one?.id ?? '')).toEqual(['Lesson 1.mp4'])
  })

  test('can be restored', async ({ server }) => {
    const { id } = await addAsset(server)
    await server.send(`DELETE /api/media/${id}`, { headers: { 'if-match': '"1"' } })
    const restored = await server.send(`POST /api/media/${id}/restore`)
    expect(await restored.json()).toMatchObject({ filename: 'Lesson 1.mp4', version: 3 })
    expect(await list(server)).toEqual(['Lesson 1.mp4'])
    // A late duplicate of the removal names an older version.
    const late = await server.send(`DELETE /api/media/${id}`, { headers: { 'if-match': '"1"' } })
    expect(late.status).toBe(412)
    expect((await server.send(`POST /api/media/${crypto.randomUUID()}/restore`)).status).toBe(404)
  })

  test('is deleted when it is old, unless a video uses it', async ({ server }) => {
    const [unused, used] = await server.addAssets(['unused.mp4', 'used.mp4'])
    const [chapter] = await server.addChapters('One')
    if (!unused || !used || !chapter) throw new Error('no assets')
    await server.addVideos(chapter.id, [used])
    for (const { id } of [unused, used]) await server.send(`DELETE /api/media/${id}`)
    expect(await deleteRemoved(server.database, new Date(Date.now() - 1_000))).toBe(0)
    expect(await deleteRemoved(server.database, new Date(Date.now() + 1_000))).toBe(1)
    const restore = async ({ id }: Pick<MediaAsset, 'id'>) =>
      (await server.send(`POST /api/media/${id}/restore`)).status
    expect([await restore(unused), await restore(used)]).toEqual([404, 200])
  })
})

describe('the file of an asset', () => {
  const replace = (server: TestServer, mediaId: string, replacementId: string) =>
    server.send(`POST /api/media/${mediaId}/replace`, { body: { mediaId: replacementId } })

  async function addTwo(server: TestServer) {
    const [old, other] = await server.addAssets(['Lesson.mp4', 'Lesson (2).mp4'])
    if (!old || !other) throw new Error('no assets')
    return { old, other }
  }

  const readFiles = async (server: TestServer, ...ids: string[]) =>
    Promise.all(
      ids.map(async (id) => {
        const [row] = await server.database
          .select({ file: mediaAssets.file, isRemoved: sql<boolean>`removed_at IS NOT NULL` })
          .from(mediaAssets)
          .where(eq(mediaAssets.id, id))
        return row
      }),
    )

  test('is replaced by the file of another asset, which is removed; its links and name stay', async ({
    server,
  }) => {
    const { old, other } = await addTwo(server)
    const [chapter] = await server.addChapters('One')
    await server.addVideos(chapter?.id ?? '', [old])
    const [before, after] = await readFiles(server, old.id, other.id)
    const replaced = await readJson<MediaAsset>(replace(server, old.id, other.id))
    expect([replaced.filename, replaced.version, replaced.usageCount]).toEqual(['Lesson.mp4', 2, 1])
    expect(await readFiles(server, old.id, other.id)).toEqual([
      { file: after?.file, isRemoved: false },
      { file: before?.file, isRemoved: true },
    ])
    expect(await list(server)).toEqual(['Lesson.mp4'])

    await server.send(`POST /api/media/${other.id}/restore`)
    await replace(server, old.id, other.id)
    expect(await readFiles(server, old.id)).toEqual([before])
  })

  test('is not replaced by the file of a linked or missing asset, or by itself', async ({
    server,
  }) => {
    const { old, other } = await addTwo(server)
    const [chapter] = await server.addChapters('One')
    await server.addVideos(chapter?.id ?? '', [other])
    expect(await readProblem(await replace(server, old.id, other.id))).toEqual([
      409,
      '/problems/asset-in-use',
    ])
    const missing = [422, '/problems/media-not-found']
    expect(await readProblem(await replace(server, old.id, old.id))).toEqual(missing)
    expect(await readProblem(await replace(server, old.id, crypto.randomUUID()))).toEqual(missing)
    expect((await replace(server, crypto.randomUUID(), old.id)).status).toBe(404)
    expect((await replace(server, old.id, 'mine')).status).toBe(400)
  })

  test('is replaced by only one of two concurrent requests', async ({ server }) => {
    const { old, other } = await addTwo(server)
    const answers = await Promise.all([
      replace(server, old.id, other.id),
      replace(server, other.id, old.id),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  })
})
