import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { workspaces } from '../schema.ts'
import { insertRows } from './insert-rows.ts'
import { lessonName } from './lessons.ts'
import { assetRow, chapterRows, courseRow, type DemoFile, type Making, videoRows } from './rows.ts'

const lessonCount = 72
const minute = 60_000

/** Fills an empty database with what a visitor finds at the first start. */
export async function seedDemo(
  database: Database,
  making: Making,
  files: readonly DemoFile[],
): Promise<void> {
  await database.insert(workspaces).values({ id: making.workspaceId }).onConflictDoNothing()
  const course = courseRow(making, 'Drawing from life')
  const chapters = chapterRows(making, course.id, [
    'Before you begin',
    'Seeing light and shadow',
    'Sixty short studies',
  ])
  const [, some, sixty] = chapters
  const assets = demoAssets(making, files)
  const lessons = assets.slice(files.length)
  await insertRows(database, {
    courses: [course],
    chapters,
    assets,
    videos: [
      ...(some ? videoRows(making, some.id, assets.slice(0, 5)) : []),
      ...(sixty ? videoRows(making, sixty.id, lessons.slice(0, 60)) : []),
    ],
  })
}

/** Empties a database and fills it again. */
export const seedDemoAnew = (database: Database, making: Making, files: readonly DemoFile[]) =>
  database.transaction(async (transaction) => {
    await transaction.execute(sql`TRUNCATE ${workspaces} CASCADE`)
    await seedDemo(transaction, making, files)
  })

// The first is the newest, so that "newest first" shows the files under their own names.
function demoAssets(making: Making, files: readonly DemoFile[]) {
  const ages = (index: number) => ({
    ...making,
    now: new Date(making.now.getTime() - index * minute),
  })
  const own = files.map((file, index) => assetRow(ages(index), file))
  const lessons = Array.from({ length: files.length === 0 ? 0 : lessonCount }, (_, index) => {
    const file = files[index % files.length] as DemoFile
    return assetRow(ages(files.length + index), file, lessonName(index, file.file))
  })
  return [...own, ...lessons]
}
