import { mkdirSync } from 'node:fs'
import { readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MediaStore } from './media-store.ts'
import { ignoreMissing } from './missing-file.ts'
import { createFileSource } from './stored-files.ts'
import { createUploadFiles, type MediaFolders } from './uploads/upload-files.ts'
import { createUploadFolder } from './uploads/upload-store.ts'

/** Creates the folders of the library's files and of uploads, if they are missing. */
export function prepareMediaFolders(dataFolder: string): MediaFolders {
  const folders = {
    media: path.join(dataFolder, 'media'),
    uploads: path.join(dataFolder, 'uploads'),
  }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  return folders
}

/**
 * Stores media in two folders: each file completely, or not at all. Names must not come from users.
 * @param readFreeSpace Reads how many bytes are free on a folder's disk.
 */
export function createMediaFolder(folders: MediaFolders, readFreeSpace = freeSpace): MediaStore {
  return {
    ...createFileSource(folders.media),
    uploads: createUploadFolder(createUploadFiles(folders)),

    async write(name, bytes) {
      const file = path.join(folders.media, name)
      const unfinished = `${file}.unfinished`
      await writeFile(unfinished, bytes)
      await rename(unfinished, file)
    },

    remove: (name) => rm(path.join(folders.media, name), { force: true }),
    hasRoomFor: async (bytes) => (await readFreeSpace(folders.uploads)) >= bytes,

    async deleteStale(before, findUsed) {
      const uploads = await listUntouched(folders.uploads, before)
      const media = await listUntouched(folders.media, before)
      const used = await findUsed(media)
      const abandoned = [
        ...uploads.map((name) => path.join(folders.uploads, name)),
        ...media.filter((name) => !used.has(name)).map((name) => path.join(folders.media, name)),
      ]
      for (const file of abandoned) await rm(file, { force: true })
      return abandoned.length
    },

    close() {},
  }
}

/** Lists the files that are older than a date, unless a file with the same stem is newer. */
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

async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
