import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { changeChannel } from './change-log.ts'
import type { OpenDatabase } from './database.ts'
import { createNotifier } from './notifier.ts'
import * as schema from './schema.ts'

/** Opens the embedded database: in `dataDir`, or in memory without one. */
export async function openPglite(
  options: PGliteOptions = {},
): Promise<OpenDatabase & { client: PGlite }> {
  const client = await PGlite.create(options)
  return {
    client,
    database: drizzle({ client, schema }),
    notifier: createNotifier((wake) => client.listen(changeChannel, wake).then(wake)),
    close: () => client.close(),
  }
}
