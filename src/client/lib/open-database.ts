import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb'
import { delay } from '#shared/delay.ts'

/** How long a database may take to open, in ms; one that another tab holds may never do so. */
const maxWait = 10_000

/**
 * Opens a database of the browser's when it is first used, and again after the browser has closed
 * it.
 * @param upgrade creates what an older version of the database lacks
 * @returns a function that rejects where the browser has no room, forbids it, or has the database
 *   in a newer version, or does not open it in time
 */
export function databaseOpener<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | undefined
  const openAgain = () => {
    opening = undefined
  }
  return () => {
    opening ??= openDB<Schema>(name, version, {
      upgrade,
      // Another tab wants a newer version, or the browser has closed it.
      blocking: (_current, _blocked, { target }) => {
        ;(target as IDBDatabase).close()
        openAgain()
      },
      terminated: openAgain,
    })
    opening.catch(openAgain)
    return inTime(opening)
  }
}

async function inTime<Value>(opening: Promise<Value>): Promise<Value> {
  const over = new AbortController()
  const late = delay(maxWait, over.signal).then(() => {
    throw new Error('The database did not open in time')
  })
  return Promise.race([opening, late]).finally(() => over.abort())
}
