import { IdbFs, PGlite } from '@electric-sql/pglite'
import { worker } from '@electric-sql/pglite/worker'

/** Where PGlite links to the folder that is kept. */
const dataFolder = '/pglite/data'

/** A file or a folder of Emscripten's file system in memory; of a folder, `contents` are its nodes by name. */
type MemoryNode = { mtime: number; contents: object; isFolder: boolean }

/**
 * The files in memory, kept in IndexedDB. PGlite asks to keep them after every message of its protocol, seven times a query,
 * and each time IndexedDB would be compared with all thousand files. This compares only when a file has changed since.
 */
class ChangesInIndexedDb extends IdbFs {
  #keptAt = 0

  override async syncToFs(relaxedDurability?: boolean) {
    const startedAt = Date.now()
    if (this.#lastChange() < this.#keptAt) return
    await super.syncToFs(relaxedDurability)
    this.#keptAt = startedAt
  }

  #lastChange(): number {
    const root = this.pg?.Module.FS.lookupPath(dataFolder, { follow: true }).node
    return root ? lastChangeIn(root as unknown as MemoryNode) : 0
  }
}

function lastChangeIn({ mtime, contents, isFolder }: MemoryNode): number {
  if (!isFolder) return mtime
  return Object.values(contents).reduce<number>(
    (latest, node: MemoryNode) => Math.max(latest, lastChangeIn(node)),
    mtime,
  )
}

void worker({
  init: ({ id = '' }) => PGlite.create({ fs: new ChangesInIndexedDb(id) }),
})
