import { and, asc, count, countDistinct, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Chapter } from '#contract/chapters.ts'
import type { Course, CourseSummary } from '#contract/courses.ts'
import type { RemovedParent } from '#contract/removals.ts'
import { appendCourseChange } from '../../db/change-log.ts'
import { chapterColumns } from '../../db/chapter-state.ts'
import type { Database } from '../../db/database.ts'
import { chapters, courses, linkedVideos, mediaAssets } from '../../db/schema.ts'
import {
  conflictsWithVersion,
  type RemovalRequest,
  type VersionedRequest,
} from '../../db/versions.ts'
import { copyChapters } from './copy-chapters.repository.ts'

/** The result of a request for a course. `found` and `mismatched` carry its current state. */
export type CourseResult =
  | { outcome: 'created' | 'found' | 'mismatched'; course: Course }
  | { outcome: 'removed'; removed: RemovedParent }
  | { outcome: 'missing' | 'id-reused' | 'version-required' }

type NewCourse = {
  id: string
  title: string
  /** A course whose chapters and videos it gets. */
  copyOf: string | undefined
  createdAt: Date
}
type RemovalResult = { outcome: 'removed' } | { outcome: 'mismatched'; course: Course }
type CourseRow = typeof courses.$inferSelect

export function coursesRepository(database: Database) {
  return {
    find: async (workspaceId: string, courseId: string): Promise<CourseResult> =>
      readResult(database, await findRow(database, workspaceId, courseId)),

    async list(workspaceId: string): Promise<CourseSummary[]> {
      const rows = await database
        .select({
          id: courses.id,
          title: courses.title,
          version: courses.version,
          createdAt: courses.createdAt,
          chapterCount: countDistinct(chapters.id),
          videoCount: countDistinct(linkedVideos.id),
        })
        .from(courses)
        .leftJoin(chapters, and(eq(chapters.courseId, courses.id), isNull(chapters.removedAt)))
        .leftJoin(
          linkedVideos,
          and(eq(linkedVideos.chapterId, chapters.id), isNull(linkedVideos.removedAt)),
        )
        .where(and(eq(courses.workspaceId, workspaceId), isNull(courses.removedAt)))
        .groupBy(courses.id)
        .orderBy(desc(courses.createdAt), desc(courses.id))
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
    },

    /**
     * Creates a course, or finds the one that the same request created before.
     * @param newId creates the ids of copied chapters and videos
     */
    create: (
      workspaceId: string,
      course: NewCourse,
      { page, newId }: { page: string | undefined; newId: () => string },
    ): Promise<CourseResult> =>
      database.transaction(async (transaction) => {
        const existing = await findRow(transaction, workspaceId, course.id)
        if (existing) return findCreated(transaction, workspaceId, course)
        const { copyOf, ...values } = course
        const absence = copyOf && (await findChapterProblem(transaction, workspaceId, copyOf))
        if (absence) return absence
        const [row] = await transaction
          .insert(courses)
          .values({ ...values, workspaceId, fingerprint: toFingerprint(course) })
          .onConflictDoNothing()
          .returning()
        if (!row) return findCreated(transaction, workspaceId, course)
        const created = copyOf
          ? await readCopy(transaction, { from: copyOf, to: row, newId })
          : toCourse(row, [])
        await appendCourseChange(transaction, { workspaceId, page }, 'created', row, created)
        return { outcome: 'created', course: created }
      }),

    rename: (
      workspaceId: string,
      courseId: string,
      { title, version, page }: VersionedRequest & { title: string },
    ): Promise<CourseResult> =>
      database.transaction(async (transaction) => {
        const row = await findRow(transaction, workspaceId, courseId, true)
        const result = await readResult(transaction, row)
        if (result.outcome !== 'found') return result
        const { course } = result
        if (version === undefined) return { outcome: 'version-required' }
        if (version !== course.version) return { outcome: 'mismatched', course }
        if (title === course.title) return result
        const change = { title, version: version + 1 }
        await transaction.update(courses).set(change).where(eq(courses.id, courseId))
        const renamed = { ...course, ...change }
        await appendCourseChange(transaction, { workspaceId, page }, 'changed', renamed, renamed)
        return { outcome: 'found', course: renamed }
      }),

    /** Removes a course with its chapters. */
    remove: (
      workspaceId: string,
      courseId: string,
      { now, version, page }: RemovalRequest,
    ): Promise<RemovalResult> =>
      database.transaction(async (transaction) => {
        const row = await findRow(transaction, workspaceId, courseId, true)
        if (!row || row.removedAt) return { outcome: 'removed' }
        if (conflictsWithVersion(version, row)) return mismatch(transaction, row)
        const removed = await setRemovedAt(transaction, row, now)
        await appendCourseChange(transaction, { workspaceId, page }, 'removed', removed, null)
        return { outcome: 'removed' }
      }),

    /** Restores a removed course, with the chapters that it had when it was removed. */
    restore: (
      workspaceId: string,
      courseId: string,
      { version, page }: VersionedRequest,
    ): Promise<CourseResult> =>
      database.transaction(async (transaction) => {
        const row = await findRow(transaction, workspaceId, courseId, true)
        if (!row?.removedAt) return readResult(transaction, row)
        if (conflictsWithVersion(version, row)) return mismatch(transaction, row)
        const course = await readCourse(transaction, await setRemovedAt(transaction, row, null))
        await appendCourseChange(transaction, { workspaceId, page }, 'restored', course, course)
        return { outcome: 'found', course }
      }),
  }
}

/** Finds the course that the same request created before. */
async function findCreated(
  transaction: Database,
  workspaceId: string,
  course: NewCourse,
): Promise<CourseResult> {
  const row = await findRow(transaction, workspaceId, course.id)
  const isDifferent = row?.removedAt === null && row.fingerprint !== toFingerprint(course)
  return !row || isDifferent ? { outcome: 'id-reused' } : readResult(transaction, row)
}

/** Says why a course can't be copied, if it can't. */
async function findChapterProblem(transaction: Database, workspaceId: string, courseId: string) {
  const row = await findRow(transaction, workspaceId, courseId)
  return row?.removedAt === null ? undefined : readResult(transaction, row)
}

const toFingerprint = ({ title, copyOf }: NewCourse) =>
  copyOf === undefined ? title : JSON.stringify([title, copyOf])

const mismatch = async (transaction: Database, row: CourseRow) => ({
  outcome: 'mismatched' as const,
  course: await readCourse(transaction, row),
})

/** Raises the version, so that a late duplicate of the request changes nothing. */
async function setRemovedAt(
  transaction: Database,
  row: CourseRow,
  removedAt: Date | null,
): Promise<CourseRow> {
  const change = { removedAt, version: row.version + 1 }
  await transaction.update(courses).set(change).where(eq(courses.id, row.id))
  return { ...row, ...change }
}

const isCourse = (workspaceId: string, courseId: string) =>
  and(eq(courses.workspaceId, workspaceId), eq(courses.id, courseId))

async function findRow(
  database: Database,
  workspaceId: string,
  courseId: string,
  lock = false,
): Promise<CourseRow | undefined> {
  const query = database.select().from(courses).where(isCourse(workspaceId, courseId))
  const [row] = await (lock ? query.for('no key update') : query)
  return row
}

async function readResult(
  database: Database,
  row: CourseRow | undefined,
): Promise<Exclude<CourseResult, { outcome: 'created' }>> {
  if (!row) return { outcome: 'missing' }
  const { id, title } = row
  if (row.removedAt) return { outcome: 'removed', removed: { kind: 'course', id, title } }
  return { outcome: 'found', course: await readCourse(database, row) }
}

/** Reads a course with its chapters, whether or not it is removed. */
async function readCourse(database: Database, row: CourseRow): Promise<Course> {
  const courseChapters = await database
    .select({
      ...chapterColumns,
      videoCount: count(linkedVideos.id),
      durationSeconds: sql`COALESCE(SUM(${mediaAssets.durationSeconds}), 0)`.mapWith(Number),
    })
    .from(chapters)
    .leftJoin(
      linkedVideos,
      and(eq(linkedVideos.chapterId, chapters.id), isNull(linkedVideos.removedAt)),
    )
    .leftJoin(mediaAssets, eq(mediaAssets.id, linkedVideos.mediaId))
    .where(and(eq(chapters.courseId, row.id), isNull(chapters.removedAt)))
    .groupBy(chapters.id)
    .orderBy(asc(chapters.position), asc(chapters.id))
  return toCourse(row, courseChapters)
}

async function readCopy(
  transaction: Database,
  copy: { from: string; to: CourseRow; newId: () => string },
): Promise<Course> {
  await copyChapters(transaction, copy)
  return readCourse(transaction, copy.to)
}

const toCourse = ({ id, title, version, createdAt }: CourseRow, chapters: Chapter[]): Course => ({
  id,
  title,
  version,
  createdAt: createdAt.toISOString(),
  chapters,
})
