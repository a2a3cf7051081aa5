import { readFileSync } from 'node:fs'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { errorCode } from '#shared/error-message.ts'
import type { Database, OpenDatabase } from '../db/database.ts'
import { migrate, NewerDatabaseError } from '../db/migrate.ts'
import { openPostgres } from '../db/postgres.ts'
import { seedDemo } from '../db/seed/demo.ts'
import type { DemoFile } from '../db/seed/rows.ts'
import { demoMediaList } from '../paths.ts'
import type { Settings } from '../settings.ts'
import { defaultWorkspace } from '../workspace.ts'
import { openDataFolder } from './data-folder.ts'
import { exitWithError, StartError } from './start-error.ts'

const unreachable =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CONNECT_TIMEOUT|EHOSTUNREACH)$/
const refused = /^(28000|28P01|3D000|42501)$/

/** Opens the configured database, migrates it, and seeds a new one with the demo. */
export async function openStorage(
  settings: Pick<Settings, 'DATABASE_URL' | 'LECTERN_DATA'>,
  onLost: () => void = exitAtOnce,
): Promise<OpenDatabase> {
  const fill = (database: Database) => seedDemo(database, createSeedContext(), readDemoFiles())
  try {
    return settings.DATABASE_URL
      ? await openPostgresServer(settings.DATABASE_URL, fill)
      : await openDataFolder(path.resolve(settings.LECTERN_DATA), fill, onLost)
  } catch (error) {
    throw error instanceof NewerDatabaseError ? new StartError(error.message) : error
  }
}

/** What it takes to create new rows. */
export const createSeedContext = () => ({
  workspaceId: defaultWorkspace,
  newId: () => uuidv7(),
  now: new Date(),
})

export const readDemoFiles = (): DemoFile[] => JSON.parse(readFileSync(demoMediaList, 'utf8'))

// Any further write would damage the other server's database.
function exitAtOnce(): never {
  exitWithError(
    new StartError(
      'The data folder is gone, or another Lectern took it over while this one was suspended. This one stops to avoid damaging it.',
    ),
  )
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
  const code = errorCode(reason)
  if (unreachable.test(code)) {
    return new StartError(
      `The database at ${host} can’t be reached (${code}). Check DATABASE_URL, and that Postgres is running.`,
    )
  }
  if (reason instanceof Error && refused.test(code)) {
    return new StartError(
      `The database at ${host} refused the connection: ${reason.message}. Check DATABASE_URL.`,
    )
  }
  return error
}
