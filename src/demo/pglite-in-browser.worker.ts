import { IdbFs, PGlite } from '@electric-sql/pglite'
import { worker } from '@electric-sql/pglite/worker'

/** PGlite's symbolic link to the persisted folder. */
const dataFolder = '/pglite/data'

/**
 * A node of Emscripten's in-memory file system; the `contents` of a folder are its nodes by name.
 */
type MemoryNode = { mtime: number; contents: object; isFolder: boolean }

/**
 * Stores the in-memory files in IndexedDB. PGlite syncs after every protocol message, seven times a
 * query, and each sync compares IndexedDB with all of its thousand files. This class skips the sync unless
 * a file has changed.
 */
class ChangedFilesFs extends IdbFs {
  #syncedAt = 0

  override async syncToFs(relaxedDurability?: boolean) {
    const startedAt = Date.now()
    if (this.#lastChange() < this.#syncedAt) return
    await super.syncToFs(relaxedDurability)
    this.#syncedAt = startedAt
  }

  #lastChange(): number {
    const root = this.pg?.Module.FS.lookupPath(dataFolder, { follow: true }).node
    return root ? findLastChange(root as unknown as MemoryNode) : 0
  }
}

function findLastChange({ mtime, contents, isFolder }: MemoryNode): number {
  if (!isFolder) return mtime
  return Object.values(contents).reduce<number>(
    (latest, node: MemoryNode) => Math.max(latest, findLastChange(node)),
    mtime,
  )
}

void worker({
  init: ({ id = '', meta }) =>
    open(id, meta.dump).catch((error) => {
      reportError(error) // PGlite does not report it.
      throw error
    }),
})

async function open(id: string, dump: string): Promise<PGlite> {
  const fs = new ChangedFilesFs(id)
  return PGlite.create((await isStored(id)) ? { fs } : { fs, loadDataDir: await fetchDump(dump) })
}

async function isStored(id: string): Promise<boolean> {
  const databases = await indexedDB.databases()
  return databases.some(({ name }) => name === `/pglite/${id}`)
}

async function fetchDump(address: string): Promise<Blob> {
  const response = await fetch(address)
  if (!response.ok)
    throw new Error(`The database could not be loaded from ${address} (${response.status}).`)
  return response.blob()
}
