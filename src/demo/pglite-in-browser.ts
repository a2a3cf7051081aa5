import type { PGlite } from '@electric-sql/pglite'
import { PGliteWorker, type PGliteWorkerOptions } from '@electric-sql/pglite/worker'
import { drizzle } from 'drizzle-orm/pglite'
import type { OpenDatabase } from '#server/db/database.ts'
import { createNotifications } from '#server/db/notifier.ts'
import * as schema from '#server/db/schema.ts'

/**
 * Opens the embedded database in a web worker and stores it in IndexedDB under `name`. All tabs
 * share it: the worker of one tab runs it, and another takes over when that tab is closed.
 * @param dump the URL of the dump that a new database starts from
 * @throws when the worker can't be loaded or can't open the database
 */
export async function openPgliteInBrowser(name: string, dump: string): Promise<OpenDatabase> {
  const worker = new Worker(new URL('./pglite-in-browser.worker.ts', import.meta.url), {
    type: 'module',
  })
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true })
  })
  const shared = await Promise.race([create(worker, { id: name, meta: { dump } }), failed])
  // Drizzle's type requires a PGlite; the worker's client answers every query in the same way.
  const client = shared as unknown as PGlite
  const database = drizzle({ client, schema })
  return {
    database,
    ...createNotifications(database, (channel, notify) =>
      shared.listen(channel, notify).then(() => notify('')),
    ),
    close: () => shared.close(),
  }
}

/** PGlite's own promise resolves before the database is open. */
async function create(worker: Worker, options: PGliteWorkerOptions): Promise<PGliteWorker> {
  const client = await PGliteWorker.create(worker, options)
  await client.query('SELECT')
  return client
}
