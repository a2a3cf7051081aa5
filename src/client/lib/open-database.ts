import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb'
import { delay } from '#shared/delay.ts'

/** How long a database may take to open, in ms. If another tab blocks it, it may never open. */
const maxWait = 10_000

/**
 * Opens an IndexedDB database on first use, and reopens it after the browser has closed it.
 * @param upgrade creates what an older version of the database lacks
 * @returns a function that returns the open database. Rejects if the browser has no room or forbids
 *   it, if the stored database is newer, or if it does not open in time.
 */
export function createDatabaseOpener<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | undefined
  const reset = () => {
    opening = undefined
  }
  return () => {
    opening ??= openDB<Schema>(name, version, {
      upgrade,
      // Another tab wants to upgrade the database, or the browser has closed it.
      blocking: (_current, _blocked, { target }) => {
        ;(target as IDBDatabase).close()
        reset()
      },
      terminated: reset,
    })
    opening.catch(reset)
    return withTimeout(opening)
  }
}

async function withTimeout<Value>(opening: Promise<Value>): Promise<Value> {
  const controller = new AbortController()
  const timeout = delay(maxWait, controller.signal).then(() => {
    throw new Error('The database did not open in time')
  })
  return Promise.race([opening, timeout]).finally(() => controller.abort())
}
