import type { DBSchema } from 'idb'
import { databaseOpener } from './open-database.ts'

/** What is known of a record of any version. */
export interface OutboxRecord {
  /** The tab that keeps it; one that is gone has no say any more. */
  tabId: string
  id: string
  /** The version of what else it has. */
  version: number
}

/** The stores of the outbox. `tabs` has one record for each tab. */
export type OutboxStore = 'videos' | 'tabs'

interface Schema extends DBSchema {
  videos: { key: [string, string]; value: OutboxRecord }
  tabs: { key: [string, string]; value: OutboxRecord }
}

const open = databaseOpener<Schema>('lectern-outbox', 1, (database) => {
  for (const name of ['videos', 'tabs'] as const) {
    database.createObjectStore(name, { keyPath: ['tabId', 'id'] })
  }
})

/** Reads what all tabs have kept. */
export async function readOutbox(): Promise<Record<OutboxStore, OutboxRecord[]>> {
  const database = await open()
  const [videos, tabs] = await Promise.all([database.getAll('videos'), database.getAll('tabs')])
  return { videos, tabs }
}

/** What is to be written into a store, and the keys of what is to go. */
export interface OutboxChange {
  store: OutboxStore
  put: readonly OutboxRecord[]
  remove: readonly Pick<OutboxRecord, 'tabId' | 'id'>[]
}

/** Writes all changes, or none. */
export async function writeOutbox(changes: readonly OutboxChange[]): Promise<void> {
  const database = await open()
  const transaction = database.transaction(['videos', 'tabs'], 'readwrite')
  const written = changes.flatMap(({ store, put, remove }) => [
    ...put.map((record) => transaction.objectStore(store).put(record)),
    ...remove.map(({ tabId, id }) => transaction.objectStore(store).delete([tabId, id])),
  ])
  // A page that is being left would not be there to commit it.
  transaction.commit()
  await Promise.all([...written, transaction.done])
}
