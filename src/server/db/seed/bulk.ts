import { eq } from 'drizzle-orm'
import { type Database, gatherStatistics } from '../database.ts'
import { mediaAssets } from '../schema.ts'
import { insertRows } from './insert-rows.ts'
import { createLessonName } from './lessons.ts'
import {
  createAssetRow,
  createChapterRows,
  createCourseRow,
  createVideoRows,
  type DemoFile,
  type SeedContext,
} from './rows.ts'

export type BulkSize = { chapters: number; videos: number; media: number }

/** The library has too few assets for the requested size; the message says how many are missing. */
export class SeedError extends Error {}

/** Adds assets to the library, and a new course whose chapters share the videos evenly. */
export async function seedBulk(
  database: Database,
  context: SeedContext,
  files: readonly DemoFile[],
  { chapters: chapterCount, videos, media }: BulkSize,
): Promise<void> {
  const added = Array.from({ length: media }, (_, index) => {
    const file = files[index % files.length]
    if (!file) throw new SeedError('There are no demo files to create assets from.')
    return createAssetRow(context, file, createLessonName(index, file.file))
  })
  const perChapter = chapterCount === 0 ? 0 : Math.ceil(videos / chapterCount)
  const library = [...added, ...(await selectAssets(database, context.workspaceId))]
  if (perChapter > library.length) {
    throw new SeedError(
      `${videos} videos in ${chapterCount} chapters need up to ${perChapter} different files in one chapter, but the library has only ${library.length}: add --media ${perChapter - library.length + media} or more.`,
    )
  }
  const course = createCourseRow(context, `${chapterCount} chapters, ${videos} videos`)
  const titles = Array.from({ length: chapterCount }, (_, index) => `Chapter ${index + 1}`)
  const chapters = createChapterRows(context, course.id, titles)
  await insertRows(database, {
    assets: added,
    ...(chapterCount > 0 && { courses: [course], chapters }),
    videos: chapters.flatMap(({ id }, index) => {
      const before = Math.floor((videos * index) / chapterCount)
      const after = Math.floor((videos * (index + 1)) / chapterCount)
      return createVideoRows(context, id, library.slice(0, after - before))
    }),
  })
  await gatherStatistics(database)
}

const selectAssets = (database: Database, workspaceId: string) =>
  database.select().from(mediaAssets).where(eq(mediaAssets.workspaceId, workspaceId))
