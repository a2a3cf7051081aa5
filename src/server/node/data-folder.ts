import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Database, OpenDatabase } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { openPglite } from '../db/pglite.ts'

const unfinished = 'database.unfinished-'

/**
 * Opens the embedded database of a data folder that this process has locked. A new one is made, migrated
 * and filled beside its place and moved there when it is complete: killed at any moment, a first start
 * leaves nothing that the next one would take for a database.
 */
export async function openDataFolder(
  folder: string,
  fill: (database: Database) => Promise<void>,
): Promise<OpenDatabase> {
  const place = path.join(folder, 'database')
  for (const name of readdirSync(folder)) {
    if (name.startsWith(unfinished)) rmSync(path.join(folder, name), { recursive: true })
  }
  if (!existsSync(place)) {
    const workshop = path.join(folder, `${unfinished}${Date.now().toString(36)}`)
    const made = await openPglite({ dataDir: workshop })
    await migrate(made.database, fill)
    await made.close()
    renameSync(workshop, place)
  }
  const opened = await openPglite({ dataDir: place })
  await migrate(opened.database)
  return opened
}
