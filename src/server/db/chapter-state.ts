import { sql } from 'drizzle-orm'
import type { RemovedParent } from '#contract/removals.ts'
import { type Database, queryRows } from './database.ts'
import { chapters } from './schema.ts'

/** The columns of a chapter that the API returns. */
export const chapterColumns = {
  id: chapters.id,
  courseId: chapters.courseId,
  title: chapters.title,
  position: chapters.position,
  version: chapters.version,
}

/** Why a chapter can't be used. `removed` is the chapter or its course. */
export type ChapterAbsence =
  | { outcome: 'chapter-missing' }
  | { outcome: 'chapter-removed'; removed: RemovedParent }

type Row = {
  title: string
  isRemoved: boolean
  courseId: string
  courseTitle: string
  isCourseRemoved: boolean
}

/**
 * Finds out why a chapter can't be used; `undefined` if it can.
 * @param lock Locks the chapter until the transaction ends. `NO KEY` does not block foreign key
 *   checks, so videos can still be linked meanwhile.
 */
export async function findChapterProblem(
  database: Database,
  workspaceId: string,
  chapterId: string,
  lock = false,
): Promise<ChapterAbsence | undefined> {
  const [row] = await queryRows<Row>(
    database,
    sql`SELECT chapters.title, chapters.removed_at IS NOT NULL AS "isRemoved",
        courses.id AS "courseId", courses.title AS "courseTitle",
        courses.removed_at IS NOT NULL AS "isCourseRemoved"
      FROM chapters JOIN courses ON courses.id = chapters.course_id
      WHERE chapters.id = ${chapterId} AND courses.workspace_id = ${workspaceId}
      ${lock ? sql`FOR NO KEY UPDATE OF chapters` : sql``}`,
  )
  if (!row) return { outcome: 'chapter-missing' }
  const removed = removedPlace(chapterId, row)
  return removed && { outcome: 'chapter-removed', removed }
}

// The course first: its chapters can't be restored before it.
function removedPlace(chapterId: string, row: Row): RemovedParent | undefined {
  if (row.isCourseRemoved) return { kind: 'course', id: row.courseId, title: row.courseTitle }
  return row.isRemoved ? { kind: 'chapter', id: chapterId, title: row.title } : undefined
}
