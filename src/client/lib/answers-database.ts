import type { DBSchema } from 'idb'
import { databaseOpener } from './open-database.ts'

/** What the server answered to a query, for the next page of the same build. */
export interface KeptAnswer {
  queryHash: string
  /** The build of the page that keeps it; another build may read other things from it. */
  build: string
  data: unknown
  /** When it was kept, in ms. */
  keptAt: number
}

interface Schema extends DBSchema {
  answers: { key: string; value: KeptAnswer; indexes: { age: [build: string, keptAt: number] } }
}

const open = databaseOpener<Schema>('lectern-answers', 2, (database) => {
  // What an older version holds is of an older build, which this one does not show.
  if (database.objectStoreNames.contains('answers')) database.deleteObjectStore('answers')
  const store = database.createObjectStore('answers', { keyPath: 'queryHash' })
  store.createIndex('age', ['build', 'keptAt'])
})

export const readAnswer = async (queryHash: string): Promise<KeptAnswer | undefined> =>
  (await open()).get('answers', queryHash)

/** Writes answers over those to the same queries. */
export async function writeAnswers(answers: readonly KeptAnswer[]): Promise<void> {
  const database = await open()
  const transaction = database.transaction('answers', 'readwrite')
  const written = answers.map((answer) => transaction.store.put(answer))
  // A page that is being left would not be there to commit it.
  transaction.commit()
  await Promise.all([...written, transaction.done])
}

export const removeAnswer = async (queryHash: string): Promise<void> =>
  (await open()).delete('answers', queryHash)

/** Removes the answers that `isOver` says so of, without reading the lists in them. */
export async function removeAnswers(
  isOver: (answer: Pick<KeptAnswer, 'build' | 'keptAt'>) => boolean,
): Promise<void> {
  const database = await open()
  const { store, done } = database.transaction('answers', 'readwrite')
  let cursor = await store.index('age').openKeyCursor()
  while (cursor) {
    const [build, keptAt] = cursor.key
    if (isOver({ build, keptAt })) await store.delete(cursor.primaryKey)
    cursor = await cursor.continue()
  }
  await done
}
