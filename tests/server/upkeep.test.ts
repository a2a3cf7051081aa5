import { sql } from 'drizzle-orm'
import { describe, expect, inject } from 'vitest'
import { queryRows } from '#server/db/database.ts'
import { listChores } from '#server/db/embedded-files.ts'
import { deleteRemoved } from '#server/db/outdated-rows.ts'
import { startUpkeep } from '#server/upkeep.ts'
import type { TestServer } from '../support/server.ts'
import { test } from '../support/server-test.ts'

const day = 86_400_000
const isEmbedded = inject('postgresUrl') === ''

const countRows = (server: TestServer) =>
  queryRows<{ videos: number; chapters: number; courses: number }>(
    server.database,
    sql`SELECT (SELECT count(*)::int FROM linked_videos) AS videos,
      (SELECT count(*)::int FROM chapters) AS chapters,
      (SELECT count(*)::int FROM courses) AS courses`,
  )

const removeAt = (server: TestServer, table: string, id: string, time: Date) =>
  server.database.execute(
    sql`UPDATE ${sql.identifier(table)} SET removed_at = ${time.toISOString()}::timestamptz WHERE id = ${id}`,
  )

const vacateAt = (server: TestServer, id: string, time: Date) =>
  server.database.execute(
    sql`UPDATE linked_videos SET vacant_since = ${time.toISOString()}::timestamptz
      WHERE id = ${id} AND vacant_since IS NOT NULL`,
  )

const videoIds = async (server: TestServer) =>
  (await queryRows<{ id: string }>(server.database, sql`SELECT id FROM linked_videos`))
    .map(({ id }) => id)
    .sort()

/** Adds a chapter with videos of these names. */
async function addChapter(server: TestServer, names: readonly string[]) {
  const assets = await server.addAssets(names)
  const [chapter] = await server.addChapters('One')
  if (!chapter) throw new Error('no chapter')
  return { chapter, videos: await server.addVideos(chapter.id, assets) }
}

/** Deletes statement by statement until nothing is left, as the upkeep does. */
async function deleteAll(server: TestServer, before: Date) {
  let count = 0
  for (let deleted = 1; deleted > 0; count += deleted)
    deleted = await deleteRemoved(server.database, before)
  return count
}

describe('a removed row', () => {
  const now = new Date()
  const longAgo = new Date(now.getTime() - 31 * day)
  const before = new Date(now.getTime() - 30 * day)

  test('is deleted when it is old, and can be restored until then', async ({ server }) => {
    const { videos } = await addChapter(server, ['old.mp4', 'new.mp4', 'kept.mp4'])
    const [old, recent] = videos
    if (!old || !recent) throw new Error('no videos')
    const tombstone = crypto.randomUUID()
    for (const id of [old.id, recent.id, tombstone]) await server.send(`DELETE /api/videos/${id}`)
    for (const id of [old.id, tombstone]) await removeAt(server, 'linked_videos', id, longAgo)
    expect(await deleteAll(server, before)).toBe(2)
    const restore = async (id: string) =>
      (await server.send(`POST /api/videos/${id}/restore`)).status
    expect([await restore(old.id), await restore(tombstone), await restore(recent.id)]).toEqual([
      404, 404, 200,
    ])
  })

  test('that is a vacant id is deleted, too, unless it has been linked since', async ({
    server,
  }) => {
    const { chapter } = await addChapter(server, [])
    const [asset] = await server.addAssets(['new.mp4'])
    const [old, recent, linked, removed] = Array.from({ length: 4 }, () => crypto.randomUUID())
    const page = crypto.randomUUID()
    for (const id of [old, recent, linked, removed]) {
      const headers = { 'lectern-revision': '1', 'lectern-page': page }
      expect((await server.send(`POST /api/videos/${id}/restore`, { headers })).status).toBe(204)
      if (id !== recent) await vacateAt(server, String(id), longAgo)
    }
    const link = { mediaId: asset?.id, filename: 'new.mp4', position: 'a0' }
    await server.send(`PUT /api/chapters/${chapter.id}/videos/${linked}`, { body: link })
    await server.send(`DELETE /api/videos/${removed}`)
    expect(await deleteAll(server, before)).toBe(1)
    expect(await videoIds(server)).toEqual([recent, linked, removed].sort())
  })

  test('that is a restored tombstone is deleted by the time of its restoration', async ({
    server,
  }) => {
    const id = crypto.randomUUID()
    await server.send(`DELETE /api/videos/${id}`)
    await removeAt(server, 'linked_videos', id, longAgo)
    await server.send(`POST /api/videos/${id}/restore`)
    expect(await deleteAll(server, before)).toBe(0)
    await vacateAt(server, id, longAgo)
    expect(await deleteAll(server, before)).toBe(1)
  })

  test('is deleted with everything in it', async ({ server }) => {
    const first = await addChapter(server, ['a.mp4', 'b.mp4'])
    const second = await addChapter(server, ['c.mp4'])
    const third = await addChapter(server, ['d.mp4'])
    await removeAt(server, 'chapters', first.chapter.id, longAgo)
    await removeAt(server, 'courses', second.chapter.courseId, longAgo)
    await removeAt(server, 'courses', third.chapter.courseId, now)
    await deleteAll(server, before)
    expect(await countRows(server)).toEqual([{ videos: 1, chapters: 1, courses: 2 }])
  })

  test('is deleted in statements of limited size', async ({ server }) => {
    await server.database.execute(sql`
      INSERT INTO linked_videos (id, workspace_id, removed_at)
      SELECT gen_random_uuid(), 'default', ${longAgo.toISOString()}::timestamptz
      FROM generate_series(1, 1200)`)
    const counts: number[] = []
    for (let statement = 0; statement < 4; statement += 1) {
      counts.push(await deleteRemoved(server.database, before))
    }
    expect(counts).toEqual([500, 500, 200, 0])
  })
})

/** Starts upkeep with its own clock; `pass` moves it to the end of the next wait. */
function startTimed(server: TestServer, embedded = false, maxWait = 50) {
  const time = { now: Date.now() }
  const waits: { milliseconds: number; end: () => void }[] = []
  const upkeep = startUpkeep({
    ...server.dependencies,
    isEmbedded: embedded,
    keepRemovedDays: 30,
    clock: { now: () => time.now },
    timing: { interval: 100, quiet: 20, maxWait, deletion: 1000 },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const end = () => {
          signal?.removeEventListener('abort', end)
          resolve()
        }
        signal?.addEventListener('abort', end)
        waits.push({ milliseconds, end })
      }),
  })
  return {
    upkeep,
    async pass(meanwhile = () => {}) {
      await expect.poll(() => waits.length).toBeGreaterThan(0)
      const { milliseconds = 0, end } = waits.shift() ?? {}
      time.now += milliseconds
      meanwhile()
      end?.()
      return milliseconds
    },
  }
}

describe('the upkeep of a running server', () => {
  test('waits for a quiet moment, but not forever', async ({ server }) => {
    const tombstone = crypto.randomUUID()
    await server.send(`DELETE /api/videos/${tombstone}`)
    await removeAt(server, 'linked_videos', tombstone, new Date(Date.now() - 31 * day))
    const { upkeep, pass } = startTimed(server)
    const videoCount = async () => (await countRows(server))[0]?.videos
    upkeep.noteRequest()
    const waited: number[] = []
    for (let waits = 0; waits < 4; waits++) {
      expect(await videoCount()).toBe(1)
      waited.push(await pass(upkeep.noteRequest))
    }
    // The interval, then three quiet periods that a request interrupted, until maxWait ended.
    expect(waited).toEqual([100, 20, 20, 20])
    await expect.poll(videoCount).toBe(0)
    await upkeep.stop()
  })

  if (isEmbedded) {
    test('vacuums and checkpoints the embedded database', async ({ server }) => {
      await server.database.execute(sql`
        INSERT INTO linked_videos (id, workspace_id, removed_at)
        SELECT gen_random_uuid(), ${'x'.repeat(500)}, now() FROM generate_series(1, 20000)`)
      await server.database.execute(sql`DELETE FROM linked_videos`)
      const names = async () => (await listChores(server.database)).map(({ name }) => name)
      // Postgres publishes its counters once a second.
      await expect
        .poll(names)
        .toEqual(expect.arrayContaining(['vacuum linked_videos', 'checkpoint']))
      for (const { run } of await listChores(server.database)) await run()
      await expect.poll(names).toEqual([])
    })

    test('does an urgent chore while a deletion and other chores wait for a quiet moment', async ({
      server,
    }) => {
      const longAgo = new Date(Date.now() - 31 * day).toISOString()
      await server.database.execute(sql`
        INSERT INTO linked_videos (id, workspace_id, removed_at)
        SELECT gen_random_uuid(), ${'x'.repeat(500)}, now() FROM generate_series(1, 30000)`)
      await server.database.execute(sql`DELETE FROM linked_videos`)
      await server.database.execute(sql`
        INSERT INTO linked_videos (id, workspace_id, removed_at)
        SELECT gen_random_uuid(), 'default', ${longAgo}::timestamptz
        FROM generate_series(1, 1200)`)
      const chores = async () =>
        (await listChores(server.database)).map(({ name, isUrgent }) => ({ name, isUrgent }))
      await expect.poll(chores).toEqual([
        { name: 'vacuum linked_videos', isUrgent: true },
        { name: 'checkpoint', isUrgent: false },
      ])
      const { upkeep, pass } = startTimed(server, true)
      const done = () =>
        server.logged.flatMap(({ fields }) => ('chore' in fields ? [fields.chore] : []))
      const videoCount = async () => (await countRows(server))[0]?.videos
      const waited = [await pass(upkeep.noteRequest), await pass(upkeep.noteRequest)]
      expect(waited).toEqual([100, 100])
      await expect.poll(done).toEqual(['vacuum linked_videos'])
      expect(await videoCount()).toBe(1200)
      await pass()
      await expect.poll(videoCount).toBe(0)
      await pass()
      await expect.poll(done).toEqual(['vacuum linked_videos', 'checkpoint'])
      await upkeep.stop()
    })

    test('does an urgent chore again during a long wait', async ({ server }) => {
      const makeUrgent = async () => {
        await server.database.execute(sql`
          INSERT INTO linked_videos (id, workspace_id, removed_at)
          SELECT gen_random_uuid(), ${'x'.repeat(500)}, now() FROM generate_series(1, 30000)`)
        await server.database.execute(sql`DELETE FROM linked_videos`)
        const urgent = async () => (await listChores(server.database)).filter((one) => one.isUrgent)
        await expect.poll(urgent).toHaveLength(1)
      }
      await makeUrgent()
      const { upkeep, pass } = startTimed(server, true, 10_000)
      const done = () =>
        server.logged.flatMap(({ fields }) => ('chore' in fields ? [fields.chore] : []))
      for (let waits = 0; waits < 3; waits++) await pass(upkeep.noteRequest)
      await expect.poll(done).toEqual(['vacuum linked_videos'])
      await makeUrgent()
      for (let waits = 0; waits < 7; waits++) await pass(upkeep.noteRequest)
      await expect.poll(done).toEqual(['vacuum linked_videos', 'vacuum linked_videos'])
      await upkeep.stop()
    })
  }

  test('is retried after a failure', async ({ server }) => {
    const { upkeep, pass } = startTimed(server)
    const execute = server.database.execute
    server.database.execute = () => {
      throw new Error('down')
    }
    await pass()
    await expect.poll(() => server.logged.length).toBeGreaterThan(0)
    server.database.execute = execute
    expect(server.logged).toEqual([
      {
        level: 'warn',
        message: 'the database upkeep failed and will be retried',
        fields: { error: new Error('down') },
      },
    ])
    expect(await pass()).toBe(100)
    await upkeep.stop()
  })

  test('ends at once when the server stops', async ({ server }) => {
    const { upkeep } = startTimed(server)
    await upkeep.stop()
  })
})
