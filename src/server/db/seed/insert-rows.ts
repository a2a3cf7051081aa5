import { chunks } from '#shared/groups.ts'
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
const maxRows = 1000

/** Inserts rows, each kind after the kinds it references. */
export async function insertRows(database: Database, rows: Rows): Promise<void> {
  for (const batch of chunks(rows.courses ?? [], maxRows))
    await database.insert(courses).values(batch)
  for (const batch of chunks(rows.chapters ?? [], maxRows))
    await database.insert(chapters).values(batch)
  for (const batch of chunks(rows.assets ?? [], maxRows))
    await database.insert(mediaAssets).values(batch)
  for (const batch of chunks(rows.videos ?? [], maxRows))
    await database.insert(linkedVideos).values(batch)
}
