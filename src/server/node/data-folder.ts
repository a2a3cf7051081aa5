import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Database, OpenDatabase } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { openPglite } from '../db/pglite.ts'

const unfinished = 'database.unfinished-'

/**
 * Opens the embedded database in a data folder that this process has locked. A new one is created,
 * migrated and seeded beside its final path and renamed once complete, so that a first start that is
 * killed leaves nothing that looks like a database.
 */
export async function openDataFolder(
  folder: string,
  fill: (database: Database) => Promise<void>,
): Promise<OpenDatabase> {
  const finalPath = path.join(folder, 'database')
  for (const name of readdirSync(folder)) {
    if (name.startsWith(unfinished)) rmSync(path.join(folder, name), { recursive: true })
  }
  if (!existsSync(finalPath)) {
    const temporaryPath = path.join(folder, `${unfinished}${Date.now().toString(36)}`)
    const created = await openPglite({ dataDir: temporaryPath })
    await migrate(created.database, fill)
    await created.close()
    renameSync(temporaryPath, finalPath)
  }
  const opened = await openPglite({ dataDir: finalPath })
  await migrate(opened.database)
  return opened
}
