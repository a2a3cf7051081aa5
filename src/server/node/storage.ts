import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { Database, OpenDatabase } from '../db/database.ts'
import { migrate, NewerDatabaseError } from '../db/migrate.ts'
import { openPostgres } from '../db/postgres.ts'
import { seedDemo } from '../db/seed/demo.ts'
import type { DemoFile } from '../db/seed/rows.ts'
import { demoMediaList } from '../paths.ts'
import type { Settings } from '../settings.ts'
import { defaultWorkspace } from '../workspace.ts'
import { openDataFolder } from './data-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { StartError } from './start-error.ts'

const unreachable =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CONNECT_TIMEOUT|EHOSTUNREACH)$/
const refused = /^(28000|28P01|3D000|42501)$/

/** Opens the configured database, migrates it, and seeds a new one with the demo. */
export async function openStorage(
  settings: Pick<Settings, 'DATABASE_URL' | 'LECTERN_DATA'>,
): Promise<OpenDatabase> {
  const fill = (database: Database) => seedDemo(database, createSeedContext(), readDemoFiles())
  try {
    return settings.DATABASE_URL
      ? await openPostgresServer(settings.DATABASE_URL, fill)
      : await openFolder(path.resolve(settings.LECTERN_DATA), fill)
  } catch (error) {
    throw error instanceof NewerDatabaseError ? new StartError(error.message) : error
  }
}

/** What new rows are made with. */
export const createSeedContext = () => ({
  workspaceId: defaultWorkspace,
  newId: () => uuidv7(),
  now: new Date(),
})

export const readDemoFiles = (): DemoFile[] => JSON.parse(readFileSync(demoMediaList, 'utf8'))

async function openFolder(folder: string, fill: (database: Database) => Promise<void>) {
  const lock = await lockFolder(createFolder(folder))
  if (!lock) {
    throw new StartError(
      `Another Lectern is using ${folder}. Stop that one, or give this one its own folder: LECTERN_DATA=/another/folder.`,
    )
  }
  const { database, close } = await openDataFolder(folder, fill)
  return { database, close: () => close().finally(lock.release) }
}

async function openPostgresServer(url: string, fill: (database: Database) => Promise<void>) {
  const opened = openPostgres(url)
  try {
    await migrate(opened.database, fill)
    return opened
  } catch (error) {
    await opened.close()
    throw explainError(error, new URL(url).host)
  }
}

function explainError(error: unknown, host: string): unknown {
  const reason = error instanceof Error && error.cause ? error.cause : error
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : ''
  if (unreachable.test(code)) {
    return new StartError(
      `The database at ${host} can’t be reached (${code}). Check DATABASE_URL, and that Postgres is running.`,
    )
  }
  if (reason instanceof Error && refused.test(code)) {
    return new StartError(`The database at ${host} refused: ${reason.message}. Check DATABASE_URL.`)
  }
  return error
}

function createFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    return folder
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartError(
      `The data folder ${folder} can’t be created (${reason}). Choose another: LECTERN_DATA=/another/folder.`,
    )
  }
}
