import type { DBSchema } from 'idb'
import { createDatabaseOpener } from './open-database.ts'

/** The fields that records of every version have. */
export interface OutboxRecord {
  /** The tab that stored it. Once that tab is gone, another may take the record over. */
  tabId: string
  id: string
  /** The version of the record's other fields. */
  version: number
}

/** The stores of the outbox. `tabs` has one record for each tab. */
export type OutboxStore = 'videos' | 'tabs'

interface Schema extends DBSchema {
  videos: { key: [string, string]; value: OutboxRecord }
  tabs: { key: [string, string]; value: OutboxRecord }
}

const open = createDatabaseOpener<Schema>('lectern-outbox', 1, (database) => {
  for (const name of ['videos', 'tabs'] as const) {
    database.createObjectStore(name, { keyPath: ['tabId', 'id'] })
  }
})

/** Reads the records of all tabs. */
export async function readOutbox(): Promise<Record<OutboxStore, OutboxRecord[]>> {
  const database = await open()
  const [videos, tabs] = await Promise.all([database.getAll('videos'), database.getAll('tabs')])
  return { videos, tabs }
}

/** The records to write to a store, and the keys of those to delete. */
export interface OutboxChange {
  store: OutboxStore
  put: readonly OutboxRecord[]
  remove: readonly Pick<OutboxRecord, 'tabId' | 'id'>[]
}

/** Writes either all changes or none. */
export async function writeOutbox(changes: readonly OutboxChange[]): Promise<void> {
  const database = await open()
  const transaction = database.transaction(['videos', 'tabs'], 'readwrite')
  const writes = changes.flatMap(({ store, put, remove }) => [
    ...put.map((record) => transaction.objectStore(store).put(record)),
    ...remove.map(({ tabId, id }) => transaction.objectStore(store).delete([tabId, id])),
  ])
  // Commit explicitly: a page that is being unloaded may not live until the automatic commit.
  transaction.commit()
  await Promise.all([...writes, transaction.done])
}
