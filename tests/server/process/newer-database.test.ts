import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { StartError } from '#server/node/start-error.ts'
import { openStorage } from '#server/node/storage.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lectern-newer-'))

afterEach(() => rmSync(folder, { recursive: true }))

test('a database of a newer version is refused with a message', async () => {
  const settings = { LECTERN_DATA: folder }
  const { database, close } = await openStorage(settings)
  await database.execute(sql`INSERT INTO applied_migrations (name) VALUES ('9999_later')`)
  await close()
  const refusal = await openStorage(settings).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(StartError)
  expect(refusal).toHaveProperty(
    'message',
    'The database is from a newer version of Lectern (it has 9999_later). Start that version, or give this one its own database.',
  )
})
