import type { Database } from '../database.ts'
import { chapters, courses, linkedVideos, mediaAssets } from '../schema.ts'
import type { AssetRow, ChapterRow, CourseRow, VideoRow } from './rows.ts'

export type Rows = {
  courses?: CourseRow[]
  chapters?: ChapterRow[]
  assets?: AssetRow[]
  videos?: VideoRow[]
}

// A statement takes at most 65,535 parameters.
const rowsAtOnce = 1000

/** Inserts rows, each kind after those that it refers to. */
export async function insertRows(database: Database, rows: Rows): Promise<void> {
  for (const some of inChunks(rows.courses)) await database.insert(courses).values(some)
  for (const some of inChunks(rows.chapters)) await database.insert(chapters).values(some)
  for (const some of inChunks(rows.assets)) await database.insert(mediaAssets).values(some)
  for (const some of inChunks(rows.videos)) await database.insert(linkedVideos).values(some)
}

function* inChunks<Row>(rows: readonly Row[] = []) {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    yield rows.slice(start, start + rowsAtOnce)
  }
}
