import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { findUsedFiles } from '../../db/asset-files.ts'
import type { Database } from '../../db/database.ts'
import { ignoreMissing } from '../missing-file.ts'

/**
 * Makes a function that deletes uploads that nobody has touched since a date, and files of the
 * library that are as old and no asset's. It resolves with their number.
 */
export const createAbandonedFilesDeletion =
  (folders: { media: string; uploads: string }, database: Database) =>
  async (before: Date): Promise<number> => {
    const uploads = await listUntouched(folders.uploads, before)
    const media = await listUntouched(folders.media, before)
    const used = await findUsedFiles(database, media)
    const abandoned = [
      ...uploads.map((name) => path.join(folders.uploads, name)),
      ...media.filter((name) => !used.has(name)).map((name) => path.join(folders.media, name)),
    ]
    for (const file of abandoned) await rm(file, { force: true })
    return abandoned.length
  }

/** The files that are older than a date, with all that they belong together with by their names. */
async function listUntouched(folder: string, before: Date): Promise<string[]> {
  const names = await readdir(folder)
  const touched = new Set<string>()
  for (const name of names) {
    const found = await stat(path.join(folder, name)).catch(ignoreMissing)
    if (found && found.mtimeMs >= before.getTime()) touched.add(stem(name))
  }
  return names.filter((name) => !touched.has(stem(name)))
}

const stem = (name: string) => name.replace(/\..*$/, '')
