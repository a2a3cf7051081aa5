import { type DBSchema, type IDBPDatabase, type OpenDBCallbacks, openDB } from 'idb'

/**
 * Opens a database of the browser's when it is first used, and again after the browser has closed
 * it.
 * @param upgrade creates what an older version of the database lacks
 * @returns a function that rejects where the browser has no room, forbids it, or has the database
 *   in a newer version
 */
export function databaseOpener<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | undefined
  return () => {
    opening ??= openDB<Schema>(name, version, {
      upgrade,
      // Another tab wants a newer version, or the browser has closed it: the next use opens it again.
      blocking: (_current, _blocked, { target }) => (target as IDBDatabase).close(),
      terminated: () => {
        opening = undefined
      },
    })
    opening.catch(() => {
      opening = undefined
    })
    return opening
  }
}
