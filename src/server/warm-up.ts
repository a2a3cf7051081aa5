import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Database, runAndRollBack, vacuum } from './db/database.ts'
import { insertRows } from './db/seed/insert-rows.ts'
import {
  createAssetRow,
  createChapterRows,
  createCourseRow,
  createVideoRows,
  type DemoFile,
} from './db/seed/rows.ts'
import { linksRepository } from './features/videos/links.repository.ts'
import { createSeedContext } from './node/storage.ts'

const rounds = 30
const linksPerRound = 40

/**
 * Links some videos and rolls back, repeatedly. V8 compiles the embedded database's WebAssembly
 * quickly at first, and optimizes only code that has run often: without a warm-up, the first batch
 * of 200 links takes 200 ms and the tenth 25 ms. Rounds are short, so that requests hardly wait.
 * The rows that earlier starts rolled back are vacuumed first: the embedded database has no
 * autovacuum.
 */
export async function warmUp(
  database: Database,
  files: readonly DemoFile[],
  signal: AbortSignal,
): Promise<void> {
  await vacuum(database)
  for (let round = 0; round < rounds && !signal.aborted; round++) {
    await runAndRollBack(database, (transaction) => linkVideos(transaction, files))
    await nextTurn()
  }
}

async function linkVideos(transaction: Database, [file]: readonly DemoFile[]): Promise<void> {
  const context = createSeedContext()
  const course = createCourseRow(context, 'Warm-up')
  const chapters = createChapterRows(context, course.id, ['Warm-up'])
  const assets = file
    ? Array.from({ length: linksPerRound }, () => createAssetRow(context, file))
    : []
  await insertRows(transaction, { courses: [course], chapters, assets })
  for (const chapter of chapters) {
    const links = createVideoRows(context, chapter.id, assets)
    const repository = linksRepository(transaction)
    await repository.link(context.workspaceId, chapter.id, links, context.now)
  }
}
