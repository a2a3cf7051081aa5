import { sql } from 'drizzle-orm'
import { type Database, queryRows } from './database.ts'
import { refreshKeys } from './refresh-keys.ts'

const files = import.meta.glob<string>('./migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const migrations = Object.entries(files)
  .map(([path, text]) => ({ name: path.replace(/^.*\/|\.sql$/g, ''), text }))
  .sort((a, b) => (a.name < b.name ? -1 : 1))

// An arbitrary number that all servers share: two that start at once wait for each other.
const migrationLock = 1_279_607_891

/** The database has migrations that this version does not know; the message says what to do. */
export class NewerDatabaseError extends Error {}

/**
 * Migrates the database to this version's schema, and runs `fill` on a new one. All in one
 * transaction: a start that is killed here leaves the database unchanged. The keys that SQL can't
 * compute follow in batches; a start that is killed between them leaves the rest to the next one.
 */
export async function migrate(
  database: Database,
  fill: (database: Database) => Promise<void> = async () => {},
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute(sql`SELECT pg_advisory_xact_lock(${migrationLock})`)
    await transaction.execute(sql`
      CREATE TABLE IF NOT EXISTS applied_migrations (
        name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()
      )`)
    const isNew = (await applyMissing(transaction)) === migrations.length
    if (isNew) await fill(transaction)
  })
  await refreshKeys(database)
}

async function applyMissing(database: Database): Promise<number> {
  const rows = await queryRows<{ name: string }>(database, sql`SELECT name FROM applied_migrations`)
  const applied = new Set(rows.map(({ name }) => name))
  rejectNewer(applied)
  const missing = migrations.filter(({ name }) => !applied.has(name))
  for (const { name, text } of missing) {
    for (const statement of text.split('--> statement-breakpoint')) {
      await database.execute(sql.raw(statement))
    }
    await database.execute(sql`INSERT INTO applied_migrations (name) VALUES (${name})`)
  }
  return missing.length
}

function rejectNewer(applied: ReadonlySet<string>) {
  const ownNames = new Set(migrations.map(({ name }) => name))
  const unknown = [...applied].filter((name) => !ownNames.has(name))
  if (unknown.length === 0) return
  throw new NewerDatabaseError(
    `The database is from a newer version of Lectern (it has ${unknown.join(', ')}). Start that version, or give this one its own database.`,
  )
}
