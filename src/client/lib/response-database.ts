import type { DBSchema } from 'idb'
import { createDatabaseOpener } from './open-database.ts'

/** The server's response to a query, stored for the next page of the same build. */
export interface CachedResponse {
  queryHash: string
  /** The build that stored it. Another build may expect different data. */
  build: string
  data: unknown
  /** When it was stored, in ms since 1970. */
  keptAt: number
}

interface Schema extends DBSchema {
  answers: { key: string; value: CachedResponse; indexes: { age: [build: string, keptAt: number] } }
}

const open = createDatabaseOpener<Schema>('lectern-answers', 2, (database) => {
  // An older version of the store holds responses to an older build, which this one does not show.
  if (database.objectStoreNames.contains('answers')) database.deleteObjectStore('answers')
  const store = database.createObjectStore('answers', { keyPath: 'queryHash' })
  store.createIndex('age', ['build', 'keptAt'])
})

export const readCachedResponse = async (queryHash: string): Promise<CachedResponse | undefined> =>
  (await open()).get('answers', queryHash)

/** Stores responses, and replaces earlier ones to the same queries. */
export async function writeCachedResponses(responses: readonly CachedResponse[]): Promise<void> {
  const database = await open()
  const transaction = database.transaction('answers', 'readwrite')
  const writes = responses.map((response) => transaction.store.put(response))
  // Commit explicitly: a page that is being unloaded may not live until the automatic commit.
  transaction.commit()
  await Promise.all([...writes, transaction.done])
}

export const removeCachedResponse = async (queryHash: string): Promise<void> =>
  (await open()).delete('answers', queryHash)

/** Removes expired responses. It reads only the index, not the data in them. */
export async function removeCachedResponses(
  isExpired: (response: Pick<CachedResponse, 'build' | 'keptAt'>) => boolean,
): Promise<void> {
  const database = await open()
  const { store, done } = database.transaction('answers', 'readwrite')
  let cursor = await store.index('age').openKeyCursor()
  while (cursor) {
    const [build, keptAt] = cursor.key
    if (isExpired({ build, keptAt })) await store.delete(cursor.primaryKey)
    cursor = await cursor.continue()
  }
  await done
}
