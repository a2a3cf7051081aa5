import { IdbFs, PGlite } from '@electric-sql/pglite'
import { worker } from '@electric-sql/pglite/worker'

/** PGlite's link to the folder that is stored. */
const dataFolder = '/pglite/data'

/**
 * A node of Emscripten's in-memory file system; the `contents` of a folder are its nodes by name.
 */
type MemoryNode = { mtime: number; contents: object; isFolder: boolean }

/**
 * Stores the in-memory files in IndexedDB. PGlite syncs after every protocol message, seven times a
 * query, and each sync compares IndexedDB with all thousand files. This class skips the sync unless
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
  init: ({ id = '' }) => PGlite.create({ fs: new ChangedFilesFs(id) }),
})
