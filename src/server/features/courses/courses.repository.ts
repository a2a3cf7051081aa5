import { and, asc, countDistinct, desc, eq, isNull } from 'drizzle-orm'
import type { Course, CourseSummary } from '#contract/courses.ts'
import type { Database } from '../../db/database.ts'
import { chapters, courses, linkedVideos } from '../../db/schema.ts'

export function coursesRepository(database: Database) {
  const isCourse = (workspaceId: string, courseId: string) =>
    and(eq(courses.workspaceId, workspaceId), eq(courses.id, courseId))

  const find = async (workspaceId: string, courseId: string): Promise<Course | undefined> => {
    const [course] = await database.select().from(courses).where(isCourse(workspaceId, courseId))
    if (!course) return undefined
    const itsChapters = await database
      .select()
      .from(chapters)
      .where(eq(chapters.courseId, courseId))
      .orderBy(asc(chapters.position), asc(chapters.id))
    return {
      id: course.id,
      title: course.title,
      createdAt: course.createdAt.toISOString(),
      chapters: itsChapters,
    }
  }

  return {
    find,

    async list(workspaceId: string): Promise<CourseSummary[]> {
      const rows = await database
        .select({
          id: courses.id,
          title: courses.title,
          createdAt: courses.createdAt,
          chapterCount: countDistinct(chapters.id),
          videoCount: countDistinct(linkedVideos.id),
        })
        .from(courses)
        .leftJoin(chapters, eq(chapters.courseId, courses.id))
        .leftJoin(
          linkedVideos,
          and(eq(linkedVideos.chapterId, chapters.id), isNull(linkedVideos.removedAt)),
        )
        .where(eq(courses.workspaceId, workspaceId))
        .groupBy(courses.id)
        .orderBy(desc(courses.createdAt), desc(courses.id))
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
    },

    async create(
      workspaceId: string,
      course: { id: string; title: string; createdAt: Date },
    ): Promise<Course> {
      await database.insert(courses).values({ ...course, workspaceId })
      return { ...course, createdAt: course.createdAt.toISOString(), chapters: [] }
    },

    async rename(workspaceId: string, courseId: string, title: string) {
      await database.update(courses).set({ title }).where(isCourse(workspaceId, courseId))
      return find(workspaceId, courseId)
    },

    async remove(workspaceId: string, courseId: string): Promise<void> {
      await database.delete(courses).where(isCourse(workspaceId, courseId))
    },
  }
}
