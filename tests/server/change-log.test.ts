import { sql } from 'drizzle-orm'
import { generateNKeysBetween } from 'fractional-indexing'
import { describe, expect } from 'vitest'
import type { Change } from '#contract/changes.ts'
import { queryRows, runAndRollBack } from '#server/db/database.ts'
import { deleteOldChanges } from '#server/db/outdated-rows.ts'
import { coursesRepository } from '#server/features/courses/courses.repository.ts'
import { eventsRepository } from '#server/features/events/events.repository.ts'
import { defaultWorkspace } from '#server/workspace.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const page = crypto.randomUUID()

/** Sends a change on behalf of a page and returns the row in the response. */
async function send(server: TestServer, route: string, body?: unknown, version?: number) {
  const headers = {
    'lectern-page': page,
    ...(version !== undefined && { 'if-match': `"${version}"` }),
  }
  const answer = await server.send(route, { body, headers })
  if (!answer.ok) throw new Error(`${route}: ${await answer.text()}`)
  return answer.status === 204 ? null : answer.json()
}

/** Changes a video as pages do, with a revision. */
async function revise(server: TestServer, route: string, revision: number, sent: object = {}) {
  const { headers = {}, ...others } = sent as { headers?: Record<string, string> }
  const named = { 'lectern-page': page, 'lectern-revision': `${revision}`, ...headers }
  const answer = await server.send(route, { ...others, headers: named })
  return answer.status === 204 ? null : answer.json()
}

/** Returns a function that lists what was logged since its last call, in order. */
function followLog(server: TestServer) {
  const repository = eventsRepository(server.database)
  let position = 0
  return async () => {
    const changes = await repository.listAfter(defaultWorkspace, position)
    position = changes.at(-1)?.sequence ?? position
    return changes.map(summarize)
  }
}

const summarize = ({ entity, id, courseId, kind, version, row, page }: Change) => ({
  entity,
  id,
  courseId,
  kind,
  version,
  row,
  page,
})

describe('a change is logged once, with the row as the response has it', () => {
  test('of a course', async ({ server }) => {
    const readLog = followLog(server)
    const id = crypto.randomUUID()
    const common = { entity: 'course', id, courseId: id, page }
    const created = await send(server, 'POST /api/courses', { id, title: 'One' })
    await send(server, 'POST /api/courses', { id, title: 'One' })
    expect(await readLog()).toEqual([{ ...common, kind: 'created', version: 1, row: created }])

    const renamed = await send(server, `PATCH /api/courses/${id}`, { title: 'Two' }, 1)
    await send(server, `PATCH /api/courses/${id}`, { title: 'Two' }, 2)
    expect(await readLog()).toEqual([{ ...common, kind: 'changed', version: 2, row: renamed }])

    await send(server, `DELETE /api/courses/${id}`)
    await send(server, `DELETE /api/courses/${id}`)
    expect(await readLog()).toEqual([{ ...common, kind: 'removed', version: 3, row: null }])

    const restored = await send(server, `POST /api/courses/${id}/restore`)
    await send(server, `POST /api/courses/${id}/restore`)
    expect(await readLog()).toEqual([{ ...common, kind: 'restored', version: 4, row: restored }])
  })

  test('of a copied course, with its chapters', async ({ server }) => {
    const [chapter] = await server.addChapters('One')
    const readLog = followLog(server)
    await readLog()
    const id = crypto.randomUUID()
    const body = { id, title: 'Copy', copyOf: chapter?.courseId }
    const created = await send(server, 'POST /api/courses', body)
    expect(created.chapters).toHaveLength(1)
    expect(await readLog()).toEqual([
      { entity: 'course', id, courseId: id, page, kind: 'created', version: 1, row: created },
    ])
  })

  test('of a chapter, and of the neighbours that make room for it', async ({ server }) => {
    const { id: courseId } = await server.addCourse()
    const readLog = followLog(server)
    const [id = '', twinId = '', thirdId = ''] = Array.from({ length: 3 }, () =>
      crypto.randomUUID(),
    ).sort()
    const common = { entity: 'chapter', id, courseId, page }
    const chapters = `POST /api/courses/${courseId}/chapters`
    const created = await send(server, chapters, { id, title: 'One', position: 'a1' })
    await send(server, chapters, { id, title: 'One', position: 'a1' })
    expect(await readLog()).toEqual([{ ...common, kind: 'created', version: 1, row: created }])

    const renamed = await send(server, `PATCH /api/chapters/${id}`, { title: 'Two' }, 1)
    await send(server, `PATCH /api/chapters/${id}`, { title: 'Two' }, 2)
    expect(await readLog()).toEqual([{ ...common, kind: 'changed', version: 2, row: renamed }])

    await send(server, `DELETE /api/chapters/${id}`)
    expect(await readLog()).toEqual([{ ...common, kind: 'removed', version: 3, row: null }])
    const restored = await send(server, `POST /api/chapters/${id}/restore`)
    expect(await readLog()).toEqual([{ ...common, kind: 'restored', version: 4, row: restored }])

    await send(server, chapters, { id: twinId, title: 'Twin', position: 'a1' })
    await send(server, chapters, { id: thirdId, title: 'Third', position: 'a2' })
    await readLog()
    const between = { position: 'a1', after: id }
    const moved = await send(server, `PATCH /api/chapters/${thirdId}`, between, 1)
    const logged = await readLog()
    const shown = await server.chapters(courseId)
    expect(shown.map((chapter) => chapter.id)).toEqual([id, thirdId, twinId])
    expect(logged[0]).toMatchObject({ id: thirdId, kind: 'changed', version: 2, row: moved })
    expect(logged.length).toBeGreaterThan(1)
    for (const { id, row } of logged) {
      expect(shown.find((chapter) => chapter.id === id)).toMatchObject(row ?? {})
    }
  })

  test('of a video', async ({ server }) => {
    const [chapter, other] = await server.addChapters('One', 'Two')
    const [asset] = await server.addAssets(['a.mp4'])
    if (!chapter || !other || !asset) throw new Error('no chapter')
    const readLog = followLog(server)
    const id = crypto.randomUUID()
    const common = { entity: 'video', id, courseId: chapter.courseId, page }
    const link = { mediaId: asset.id, filename: 'a.mp4', position: 'a0' }
    const path = `PUT /api/chapters/${chapter.id}/videos/${id}`
    const linked = await send(server, path, link)
    await send(server, path, link)
    expect(await readLog()).toEqual([{ ...common, kind: 'created', version: 1, row: linked }])

    const rename = { body: { filename: 'b.mp4' }, headers: { 'if-match': '"1"' } }
    const renamed = await revise(server, `PATCH /api/videos/${id}`, 1, rename)
    await revise(server, `PATCH /api/videos/${id}`, 1, rename)
    expect(await readLog()).toEqual([{ ...common, kind: 'changed', version: 2, row: renamed }])

    const move = { body: { chapterId: other.id }, headers: { 'if-match': '"2"' } }
    const moved = await revise(server, `PATCH /api/videos/${id}`, 2, move)
    expect(await readLog()).toEqual([{ ...common, kind: 'changed', version: 3, row: moved }])

    await revise(server, `DELETE /api/videos/${id}`, 3)
    await revise(server, `DELETE /api/videos/${id}`, 3)
    await revise(server, `DELETE /api/videos/${id}`, 4)
    expect(await readLog()).toEqual([{ ...common, kind: 'removed', version: 3, row: null }])

    const restored = await revise(server, `POST /api/videos/${id}/restore`, 5)
    await revise(server, `POST /api/videos/${id}/restore`, 6)
    expect(await readLog()).toEqual([{ ...common, kind: 'restored', version: 4, row: restored }])
  })

  test('of the neighbours that make room for a video', async ({ server }) => {
    const [chapter] = await server.addChapters('One')
    const assets = await server.addAssets(['a.mp4', 'b.mp4', 'c.mp4'])
    if (!chapter) throw new Error('no chapter')
    const ids = assets.map(() => crypto.randomUUID()).sort()
    for (const [index, { id: mediaId, filename }] of assets.entries()) {
      const link = { mediaId, filename, position: index === 2 ? 'a1' : 'a0' }
      await send(server, `PUT /api/chapters/${chapter.id}/videos/${ids[index]}`, link)
    }
    const readLog = followLog(server)
    await readLog()
    const between = { position: 'a0', after: ids[0] }
    await server.send(`PATCH /api/videos/${ids[2]}`, {
      body: between,
      headers: { 'if-match': '"1"' },
    })
    const { videos } = await send(server, `GET /api/chapters/${chapter.id}/videos`)
    expect(videos.map(({ id }: { id: string }) => id)).toEqual([ids[0], ids[2], ids[1]])
    const logged = await readLog()
    expect(logged.length).toBeGreaterThan(1)
    expect(new Set(logged.map(({ id }) => id)).size).toBe(logged.length)
    for (const { row } of logged) expect(videos).toContainEqual(row)
  })

  test('of a batch, in its order and in one statement', async ({ server }) => {
    const [chapter] = await server.addChapters('One')
    if (!chapter) throw new Error('no chapter')
    const assets = await server.addAssets(Array.from({ length: 200 }, (_, n) => `${n}.mp4`))
    const positions = generateNKeysBetween(null, null, assets.length)
    const links = assets.map(({ id: mediaId, filename }, index) => ({
      id: crypto.randomUUID(),
      mediaId,
      filename,
      position: positions[index],
    }))
    const headers = { 'lectern-page': page }
    const batch = `POST /api/chapters/${chapter.id}/videos/batch`
    await (await server.send(batch, { body: { videos: links }, headers })).text()
    const rows = await queryRows(
      server.database,
      sql`SELECT entity_id AS id, changed_by AS page, kind FROM change_log ORDER BY sequence`,
    )
    expect(rows).toEqual(links.map(({ id }) => ({ id, page, kind: 'created' })))
    await (await server.send(batch, { body: { videos: links }, headers })).text()
    expect(await countChanges(server)).toBe(200)
  })

  test('of the videos whose order keys are shortened', async ({ server }) => {
    const [chapter] = await server.addChapters('One')
    const [asset, other] = await server.addAssets(['a.mp4', 'b.mp4'])
    if (!chapter || !asset || !other) throw new Error('no chapter')
    await server.addVideos(chapter.id, [asset])
    const link = { mediaId: other.id, filename: 'b.mp4', position: `a0${'V'.repeat(220)}` }
    const id = crypto.randomUUID()
    const linked = await send(server, `PUT /api/chapters/${chapter.id}/videos/${id}`, link)
    const logged = await followLog(server)()
    expect(logged.find((change) => change.id === id)).toMatchObject({
      kind: 'created',
      row: linked,
    })
    const { videos } = await send(server, `GET /api/chapters/${chapter.id}/videos`)
    for (const { row } of logged) expect(videos).toContainEqual(row)
  })

  test('of the videos that are linked to another asset, or whose file is replaced', async ({
    server,
  }) => {
    const [chapter] = await server.addChapters('One')
    const [asset, same] = await server.addAssets(['a.mp4', 'b.mp4'], {
      contentHash: 'ab',
    } as object)
    const [longer] = await server.addAssets(['c.mp4'], { durationSeconds: 99 })
    if (!chapter || !asset || !same || !longer) throw new Error('no chapter')
    const [video] = await server.addVideos(chapter.id, [asset])
    const readLog = followLog(server)
    const common = { entity: 'video', id: video?.id, courseId: chapter.courseId, kind: 'changed' }
    const list = async () =>
      (await send(server, `GET /api/chapters/${chapter.id}/videos`)).videos[0]

    await send(server, `POST /api/media/${asset.id}/merge`, { into: same.id })
    await send(server, `POST /api/media/${asset.id}/merge`, { into: same.id })
    expect(await readLog()).toEqual([{ ...common, version: 2, row: await list(), page }])
    await send(server, `POST /api/media/${same.id}/replace`, { mediaId: longer.id })
    expect(await readLog()).toEqual([{ ...common, version: 2, row: await list(), page }])
    expect(await list()).toMatchObject({ durationSeconds: 99 })
  })
})

describe('the log', () => {
  test('lacks a change that was rolled back or refused', async ({ server }) => {
    const { id } = await server.addCourse()
    await runAndRollBack(server.database, (transaction) =>
      coursesRepository(transaction).rename(defaultWorkspace, id, { title: 'Two', version: 1 }),
    )
    await server.send(`PATCH /api/courses/${id}`, {
      body: { title: 'Two' },
      headers: { 'if-match': '"7"' },
    })
    expect(await countChanges(server)).toBe(0)
  })

  test('lacks ids that were removed before they were linked', async ({ server }) => {
    const id = crypto.randomUUID()
    await revise(server, `DELETE /api/videos/${id}`, 1)
    await revise(server, `POST /api/videos/${id}/restore`, 2)
    expect(await countChanges(server)).toBe(0)
  })

  test('has the link of a vacant id', async ({ server }) => {
    const [chapter] = await server.addChapters('One')
    const [asset] = await server.addAssets(['a.mp4'])
    if (!chapter || !asset) throw new Error('no chapter')
    const id = crypto.randomUUID()
    await revise(server, `DELETE /api/videos/${id}`, 1)
    await revise(server, `POST /api/videos/${id}/restore`, 2)
    const link = { mediaId: asset.id, filename: 'a.mp4', position: 'a0' }
    const row = await send(server, `PUT /api/chapters/${chapter.id}/videos/${id}`, link)
    expect(await followLog(server)()).toMatchObject([{ id, kind: 'created', row }])
  })

  test('keeps the changes of a day and the last one before them', async ({ server }) => {
    const { id } = await server.addCourse()
    for (const version of [1, 2, 3, 4]) {
      await send(server, `PATCH /api/courses/${id}`, { title: `Title ${version}` }, version)
    }
    const yesterday = new Date(Date.now() - 86_400_000)
    expect(await deleteOldChanges(server.database, yesterday)).toBe(0)
    await server.database.execute(
      sql`UPDATE change_log SET changed_at = changed_at - interval '2 days'
        WHERE version < 5 AND entity_id = ${id}`,
    )
    expect(await deleteOldChanges(server.database, yesterday)).toBe(2)
    expect(await deleteOldChanges(server.database, yesterday)).toBe(0)
    expect((await followLog(server)()).map(({ version }) => version)).toEqual([4, 5])
  })
})

async function countChanges(server: TestServer): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    server.database,
    sql`SELECT count(*)::int AS count FROM change_log`,
  )
  return row?.count ?? 0
}
