import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Database, isStorageError, type OpenDatabase } from '../db/database.ts'
import { migrate, NewerDatabaseError } from '../db/migrate.ts'
import { openPglite } from '../db/pglite.ts'
import {
  createDamageError,
  createLockError,
  createMigrationError,
  createOpenError,
  createVersionError,
  explainFolderError,
} from './folder-errors.ts'
import { lockFolder } from './folder-lock.ts'

/** The major version of the Postgres in PGlite, which reads no other version's files. */
export const postgresVersion = '18'

const unfinished = 'database.unfinished-'

/**
 * Locks a data folder and opens the embedded database in it, or creates both.
 * @param onLost Called when another process has taken over the folder: this one must stop writing
 *   to it.
 * @throws StartError if the folder can't be used
 */
export async function openDataFolder(
  folder: string,
  fill: (database: Database) => Promise<void>,
  onLost: () => void,
): Promise<OpenDatabase> {
  const lock = await createAndLock(folder, onLost)
  if ('holder' in lock) throw createLockError(folder, lock.holder)
  try {
    const { close, ...opened } = await openDatabase(folder, fill)
    return { ...opened, close: () => close().finally(lock.release) }
  } catch (error) {
    lock.release()
    throw explainFolderError(error, folder)
  }
}

async function createAndLock(folder: string, onLost: () => void) {
  try {
    mkdirSync(folder, { recursive: true })
    return await lockFolder(folder, { onLost })
  } catch (error) {
    throw explainFolderError(error, folder)
  }
}

/**
 * A new database is created, migrated and seeded beside its final path and renamed once complete,
 * so that a first start that is killed leaves nothing that looks like a database.
 */
async function openDatabase(
  folder: string,
  fill: (database: Database) => Promise<void>,
): Promise<OpenDatabase> {
  const finalPath = path.join(folder, 'database')
  for (const name of readdirSync(folder)) {
    if (name.startsWith(unfinished)) rmSync(path.join(folder, name), { recursive: true })
  }
  if (!existsSync(finalPath)) {
    const temporaryPath = path.join(folder, `${unfinished}${Date.now().toString(36)}`)
    await createDatabase(temporaryPath, folder, fill).catch((error: unknown) => {
      rmSync(temporaryPath, { recursive: true, force: true })
      throw error
    })
    renameSync(temporaryPath, finalPath)
  }
  checkVersion(finalPath, folder)
  const opened = await openFiles(finalPath, folder)
  await migrateFiles(opened, folder)
  return opened
}

async function createDatabase(
  dataDir: string,
  folder: string,
  fill: (database: Database) => Promise<void>,
): Promise<void> {
  const created = await openFiles(dataDir, folder)
  await migrateFiles(created, folder, fill)
  await created.close()
}

// PGlite would create a new database over the files of one that lacks this file.
function checkVersion(dataDir: string, folder: string): void {
  const file = path.join(dataDir, 'PG_VERSION')
  if (!existsSync(file)) throw createDamageError(folder, 'database/PG_VERSION is missing')
  const version = readFileSync(file, 'utf8').trim()
  // A power loss can leave a file empty or filled with zeros.
  if (!/^\d+$/.test(version))
    throw createDamageError(folder, 'database/PG_VERSION holds no version')
  if (version !== postgresVersion) throw createVersionError(folder, version, postgresVersion)
}

const openFiles = (dataDir: string, folder: string) =>
  openPglite({ dataDir }).catch((error: unknown) => {
    throw createOpenError(folder, error)
  })

async function migrateFiles(
  { database, close }: OpenDatabase,
  folder: string,
  fill?: (database: Database) => Promise<void>,
): Promise<void> {
  try {
    await migrate(database, fill)
  } catch (error) {
    await close().catch(() => {}) // It may be too damaged to close.
    if (isStorageError(error)) throw createOpenError(folder, error)
    const isExisting = fill === undefined
    throw isExisting && !(error instanceof NewerDatabaseError)
      ? createMigrationError(folder, error)
      : error
  }
}
