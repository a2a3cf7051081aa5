import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { workspaces } from '../schema.ts'
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

const lessonCount = 72
const minute = 60_000

/** Fills an empty database with the content of a first start. */
export async function seedDemo(
  database: Database,
  context: SeedContext,
  files: readonly DemoFile[],
): Promise<void> {
  await database.insert(workspaces).values({ id: context.workspaceId }).onConflictDoNothing()
  const course = createCourseRow(context, 'Drawing from life')
  const chapters = createChapterRows(context, course.id, [
    'Before you begin',
    'Seeing light and shadow',
    'Sixty short studies',
  ])
  const [, lightAndShadow, shortStudies] = chapters
  const assets = createDemoAssets(context, files)
  const lessons = assets.slice(files.length)
  await insertRows(database, {
    courses: [course],
    chapters,
    assets,
    videos: [
      ...(lightAndShadow ? createVideoRows(context, lightAndShadow.id, assets.slice(0, 5)) : []),
      ...(shortStudies ? createVideoRows(context, shortStudies.id, lessons.slice(0, 60)) : []),
    ],
  })
}

/** Empties the database and seeds the demo again. */
export const resetDemo = (database: Database, context: SeedContext, files: readonly DemoFile[]) =>
  database.transaction(async (transaction) => {
    await transaction.execute(sql`TRUNCATE ${workspaces} CASCADE`)
    await seedDemo(transaction, context, files)
  })

// The first is the newest, so that "newest first" shows the files under their own names.
function createDemoAssets(context: SeedContext, files: readonly DemoFile[]) {
  const contextAt = (index: number) => ({
    ...context,
    now: new Date(context.now.getTime() - index * minute),
  })
  const originals = files.map((file, index) => createAssetRow(contextAt(index), file))
  const lessons = Array.from({ length: files.length === 0 ? 0 : lessonCount }, (_, index) => {
    const file = files[index % files.length] as DemoFile
    return createAssetRow(contextAt(files.length + index), file, createLessonName(index, file.file))
  })
  return [...originals, ...lessons]
}
