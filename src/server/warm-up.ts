import { setImmediate as breathe } from 'node:timers/promises'
import { clearDeadRows, type Database } from './db/database.ts'
import { insertRows } from './db/seed/insert-rows.ts'
import { assetRow, chapterRows, courseRow, type DemoFile, videoRows } from './db/seed/rows.ts'
import { linksRepository } from './features/videos/links.repository.ts'
import { making } from './node/storage.ts'

const rounds = 30
const linksPerRound = 40

class Undo extends Error {}

/**
 * Links some videos and takes it all back, again and again. V8 compiles the embedded database's
 * WebAssembly quickly at first, and well only what has run often: the first batch of 200 links would take
 * 200 ms and the tenth 25 ms. Each round is short, so that requests hardly wait. What the start before left dead by
 * taking it back is cleared away first: the embedded database has no autovacuum.
 */
export async function warmUp(
  database: Database,
  files: readonly DemoFile[],
  signal: AbortSignal,
): Promise<void> {
  await clearDeadRows(database)
  for (let round = 0; round < rounds && !signal.aborted; round++) {
    await rehearse(database, files).catch((error) => {
      if (!(error instanceof Undo)) throw error
    })
    await breathe()
  }
}

const rehearse = (database: Database, [file]: readonly DemoFile[]) =>
  database.transaction(async (transaction) => {
    const make = making()
    const course = courseRow(make, 'Warm-up')
    const chapters = chapterRows(make, course.id, ['Warm-up'])
    const assets = file ? Array.from({ length: linksPerRound }, () => assetRow(make, file)) : []
    await insertRows(transaction, { courses: [course], chapters, assets })
    for (const chapter of chapters) {
      const links = videoRows(make, chapter.id, assets)
      await linksRepository(transaction).link(make.workspaceId, chapter.id, links, make.now)
    }
    throw new Undo()
  })
