import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Chapter } from '#contract/chapters.ts'
import type { Database } from '../../db/database.ts'
import { chapters, courses } from '../../db/schema.ts'

export function chaptersRepository(database: Database) {
  const coursesOf = (workspaceId: string) =>
    database.select({ id: courses.id }).from(courses).where(eq(courses.workspaceId, workspaceId))
  const isChapter = (workspaceId: string, chapterId: string) =>
    and(eq(chapters.id, chapterId), inArray(chapters.courseId, coursesOf(workspaceId)))

  return {
    /** Adds a chapter at the end of a course; `positionAfter` is given the last one's position. */
    create: (
      workspaceId: string,
      chapter: Omit<Chapter, 'position'>,
      positionAfter: (last: string | null) => string,
    ): Promise<Chapter | undefined> =>
      database.transaction(async (transaction) => {
        // Locked, so that two chapters made at once stand in the order they were made.
        const [course] = await transaction
          .select({ id: courses.id })
          .from(courses)
          .where(and(eq(courses.id, chapter.courseId), eq(courses.workspaceId, workspaceId)))
          .for('update')
        if (!course) return undefined
        const [last] = await transaction
          .select({ position: chapters.position })
          .from(chapters)
          .where(eq(chapters.courseId, chapter.courseId))
          .orderBy(desc(chapters.position))
          .limit(1)
        const position = positionAfter(last?.position ?? null)
        const [created] = await transaction
          .insert(chapters)
          .values({ ...chapter, position })
          .returning()
        return created
      }),

    async change(
      workspaceId: string,
      chapterId: string,
      change: Partial<Pick<Chapter, 'title' | 'position'>>,
    ): Promise<Chapter | undefined> {
      const [changed] = await database
        .update(chapters)
        .set(change)
        .where(isChapter(workspaceId, chapterId))
        .returning()
      return changed
    },

    async remove(workspaceId: string, chapterId: string): Promise<void> {
      await database.delete(chapters).where(isChapter(workspaceId, chapterId))
    },
  }
}
