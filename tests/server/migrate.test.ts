import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createApp } from '#server/app.ts'
import { queryRows } from '#server/db/database.ts'
import { migrate } from '#server/db/migrate.ts'
import { openPglite } from '#server/db/pglite.ts'
import { defaultWorkspace } from '#server/workspace.ts'
import { keyVersion } from '#shared/sort-key.ts'
import { createTestServer } from '../support/server.ts'

/** Creates a database as left by a version that has only these migrations. */
async function openOld(...migrations: string[]) {
  const opened = await openPglite()
  const { database } = opened
  await database.execute(sql`
    CREATE TABLE applied_migrations (
      name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`)
  for (const name of migrations) {
    const file = new URL(`../../src/server/db/migrations/${name}.sql`, import.meta.url)
    for (const statement of readFileSync(file, 'utf8').split('--> statement-breakpoint')) {
      await database.execute(sql.raw(statement))
    }
    await database.execute(sql`INSERT INTO applied_migrations (name) VALUES (${name})`)
  }
  return opened
}

test('a database of the first version keeps its rows, at revision 0', async () => {
  const { database, close } = await openOld('0000_ground')
  const [courseId, chapterId, mediaId] = [uuid(1), uuid(2), uuid(3)]
  await database.execute(sql`INSERT INTO workspaces (id) VALUES (${defaultWorkspace})`)
  await database.execute(sql`
    INSERT INTO courses (id, workspace_id, title, created_at)
    VALUES (${courseId}, ${defaultWorkspace}, 'Course', now())`)
  await database.execute(sql`
    INSERT INTO chapters (id, course_id, title, position)
    VALUES (${chapterId}, ${courseId}, 'Chapter', 'a0')`)
  await database.execute(sql`
    INSERT INTO media_assets (id, workspace_id, filename, sort_key, search_key, size_bytes,
      duration_seconds, width, height, codec, mime_type, file, thumbnail, created_at)
    VALUES (${mediaId}, ${defaultWorkspace}, 'Łódź 2.mp4', 'ł', 'łodz', 1, 12.5, 1, 1, 'h264',
      'video/mp4', 'a.mp4', 'a.webp', now())`)
  await database.execute(sql`
    INSERT INTO linked_videos (id, workspace_id, chapter_id, media_id, filename, position,
      linked_as, version, linked_at, removed_at)
    VALUES (${uuid(4)}, ${defaultWorkspace}, ${chapterId}, ${mediaId}, 'a.mp4', 'a0', '[]', 3,
        now(), NULL),
      (${uuid(5)}, ${defaultWorkspace}, ${chapterId}, ${mediaId}, 'b.mp4', 'a1', '[]', 1,
        now(), now()),
      (${uuid(6)}, ${defaultWorkspace}, NULL, NULL, NULL, NULL, NULL, 1, NULL, now())`)

  await migrate(database)
  const rows = await queryRows(
    database,
    sql`SELECT id, version, revision, revised_by AS "revisedBy", removed_at IS NOT NULL AS "isRemoved"
      FROM linked_videos ORDER BY id`,
  )
  expect(rows).toEqual([
    { id: uuid(4), version: 3, revision: 0, revisedBy: null, isRemoved: false },
    { id: uuid(5), version: 1, revision: 0, revisedBy: null, isRemoved: true },
    { id: uuid(6), version: 1, revision: 0, revisedBy: null, isRemoved: true },
  ])

  const places = await queryRows(
    database,
    sql`SELECT title, version, removed_at FROM courses
      UNION ALL SELECT title, version, removed_at FROM chapters`,
  )
  expect(places).toEqual([
    { title: 'Course', version: 1, removed_at: null },
    { title: 'Chapter', version: 1, removed_at: null },
  ])

  const { dependencies, close: closeTemplate } = await createTestServer()
  const app = createApp({ ...dependencies, database })
  const restored = await app.request(`/api/videos/${uuid(6)}/restore`, { method: 'POST' })
  expect(restored.status).toBe(204)
  const found = await app.request('/api/media?search=lodz')
  expect((await found.json()).total).toBe(1)
  const keys = await queryRows(
    database,
    sql`SELECT sort_key, search_key, key_version FROM media_assets`,
  )
  expect(keys).toEqual([
    { sort_key: 'lodz 0012.mp0014', search_key: 'lodz 2.mp4', key_version: keyVersion },
  ])
  await closeTemplate()
  await close()
})

test('the vacant ids of an older version count as vacant since the migration', async () => {
  const { database, close } = await openOld('0000_ground', '0001_revisions')
  await database.execute(sql`
    INSERT INTO linked_videos (id, workspace_id, revision, removed_at)
    VALUES (${uuid(1)}, ${defaultWorkspace}, 2, NULL), (${uuid(2)}, ${defaultWorkspace}, 1, now())`)
  await migrate(database)
  const rows = await queryRows(
    database,
    sql`SELECT id, vacant_since IS NOT NULL AS "isVacant" FROM linked_videos ORDER BY id`,
  )
  expect(rows).toEqual([
    { id: uuid(1), isVacant: true },
    { id: uuid(2), isVacant: false },
  ])
  await close()
})

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
