import { rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { ignoreMissing } from '../missing-file.ts'

export type MediaFolders = { media: string; uploads: string }

export type UploadFiles = ReturnType<typeof createUploadFiles>

/**
 * Locates the files of an upload: the bytes under its id, and its description in a file beside
 * them. Ids are UUIDs, so that they can't lead to another folder.
 */
export function createUploadFiles(folders: MediaFolders) {
  const received = (id: string) => path.join(folders.uploads, id)
  const stored = (id: string) => path.join(folders.media, id)

  const readSize = async (file: string) => (await stat(file).catch(ignoreMissing))?.size

  /** Finds a file where it is received, or in the library if the server stopped after moving it. */
  async function locate(id: string): Promise<{ file: string; size: number } | undefined> {
    for (const file of [received(id), stored(id)]) {
      const size = await readSize(file)
      if (size !== undefined) return { file, size }
    }
    return undefined
  }

  return {
    folder: folders.uploads,
    received,
    locate,

    async store(id: string): Promise<string> {
      await rename(received(id), stored(id)).catch(ignoreMissing)
      return id
    },

    async remove(id: string): Promise<void> {
      await rm(received(id), { force: true })
      await rm(`${received(id)}.json`, { force: true })
    },
  }
}
