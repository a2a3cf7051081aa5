import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import type { Database, OpenDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { createNotifications } from './notifier.ts'
import * as schema from './schema.ts'

/** Opens the embedded database: in `dataDir`, or in memory without one. */
export async function openPglite(
  options: PGliteOptions = {},
): Promise<OpenDatabase & { client: PGlite }> {
  const client = await PGlite.create(options)
  const database = drizzle({ client, schema })
  return {
    client,
    database,
    ...createNotifications(database, (channel, onPayload) =>
      client.listen(channel, onPayload).then(() => onPayload('')),
    ),
    close: () => client.close(),
  }
}

/**
 * Creates a migrated database, and resolves with a dump of its files for `loadDataDir`.
 * @param fill seeds the database
 */
export async function dumpNewPglite(
  compression: 'none' | 'gzip',
  fill?: (database: Database) => Promise<void>,
): Promise<Uint8Array> {
  const { client, database, close } = await openPglite()
  await migrate(database, fill)
  const dump = await client.dumpDataDir(compression)
  await close()
  return new Uint8Array(await dump.arrayBuffer())
}
