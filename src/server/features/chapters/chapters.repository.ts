import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Chapter, ChapterPatch } from '#contract/chapters.ts'
import { appendChapterChanges, mapToKind } from '../../db/change-log.ts'
import { type ChapterAbsence, chapterColumns, findChapterProblem } from '../../db/chapter-state.ts'
import type { Database } from '../../db/database.ts'
import { chapters, courses } from '../../db/schema.ts'
import {
  conflictsWithVersion,
  type RemovalRequest,
  type VersionedRequest,
} from '../../db/versions.ts'
import { lockCourse, makeRoom, type Room } from './chapter-order.repository.ts'

/** The result of a request for a chapter. `found` and `mismatched` carry its current state. */
export type ChapterResult =
  | { outcome: 'created' | 'found' | 'mismatched'; chapter: Chapter }
  | { outcome: 'course-missing' | 'id-reused' | 'version-required' }
  | ChapterAbsence

type NewChapter = Pick<Chapter, 'id' | 'courseId' | 'title'> & {
  /** By default, the chapter goes to the end. */
  position: string | undefined
  after: string | null | undefined
  page?: string | undefined
}
/** A change to a chapter, with the version that its request named. */
type ChangeRequest = VersionedRequest & { patch: ChapterPatch }
type RemovalResult = { outcome: 'removed' } | { outcome: 'mismatched'; chapter: Chapter }

/** Creates a position after the last one, which is `null` in a course without chapters. */
type PositionAfter = (last: string | null) => string

export function chaptersRepository(database: Database) {
  const selectCourses = (workspaceId: string) =>
    database.select({ id: courses.id }).from(courses).where(eq(courses.workspaceId, workspaceId))
  const isChapter = (workspaceId: string, chapterId: string) =>
    and(eq(chapters.id, chapterId), inArray(chapters.courseId, selectCourses(workspaceId)))

  return {
    /** Adds a chapter to a course, or finds the one that the same request added before. */
    create: (workspaceId: string, chapter: NewChapter, positionAfter: PositionAfter) =>
      database.transaction((transaction) =>
        createChapter(transaction, workspaceId, chapter, positionAfter),
      ),

    /**
     * Renames or moves a chapter; re-keys its neighbours where there is no room. Changes nothing if
     * it is already as requested.
     */
    change: (
      workspaceId: string,
      chapterId: string,
      request: ChangeRequest,
    ): Promise<ChapterResult> =>
      database.transaction((transaction) =>
        changeChapter(transaction, workspaceId, chapterId, request),
      ),

    /** Removes a chapter with its videos, even if its course is removed. */
    remove: (
      workspaceId: string,
      chapterId: string,
      { now, version, page }: RemovalRequest,
    ): Promise<RemovalResult> =>
      database.transaction(async (transaction) => {
        const [chapter] = await transaction
          .select(chapterColumns)
          .from(chapters)
          .where(and(isChapter(workspaceId, chapterId), isNull(chapters.removedAt)))
          .for('no key update')
        if (!chapter) return { outcome: 'removed' }
        if (conflictsWithVersion(version, chapter)) return { outcome: 'mismatched', chapter }
        await setRemovedAt(transaction, chapter, now)
        const removed = mapToKind([chapterId], 'removed')
        await appendChapterChanges(transaction, { workspaceId, page }, removed)
        return { outcome: 'removed' }
      }),

    /** Restores a removed chapter with its videos; its course must not be removed. */
    restore: (
      workspaceId: string,
      chapterId: string,
      { version, page }: VersionedRequest,
    ): Promise<ChapterResult> =>
      database.transaction(async (transaction) => {
        const absence = await findChapterProblem(transaction, workspaceId, chapterId, true)
        const isRestorable =
          absence?.outcome === 'chapter-removed' && absence.removed.kind === 'chapter'
        if (absence && !isRestorable) return absence
        const chapter = await readChapter(transaction, chapterId)
        if (!absence) return { outcome: 'found', chapter }
        if (conflictsWithVersion(version, chapter)) return { outcome: 'mismatched', chapter }
        const restored = await setRemovedAt(transaction, chapter, null)
        const changes = mapToKind([chapterId], 'restored')
        await appendChapterChanges(transaction, { workspaceId, page }, changes)
        return { outcome: 'found', chapter: restored }
      }),
  }
}

/** Raises the version, so that a late duplicate of the request changes nothing. */
async function setRemovedAt(
  transaction: Database,
  chapter: Chapter,
  removedAt: Date | null,
): Promise<Chapter> {
  const version = chapter.version + 1
  await transaction.update(chapters).set({ removedAt, version }).where(eq(chapters.id, chapter.id))
  return { ...chapter, version }
}

async function changeChapter(
  transaction: Database,
  workspaceId: string,
  chapterId: string,
  { patch, version, page }: ChangeRequest,
): Promise<ChapterResult> {
  if (patch.position !== undefined) await lockCourse(transaction, chapterId)
  const absence = await findChapterProblem(transaction, workspaceId, chapterId, true)
  if (absence) return absence
  const chapter = await readChapter(transaction, chapterId)
  if (version === undefined) return { outcome: 'version-required' }
  if (version !== chapter.version) return { outcome: 'mismatched', chapter }
  const title = patch.title ?? chapter.title
  const { position, rekeyed } = await findPlace(transaction, chapter, patch)
  const isUnchanged = title === chapter.title && position === chapter.position
  const change = isUnchanged ? {} : { title, position, version: version + 1 }
  if (!isUnchanged) await transaction.update(chapters).set(change).where(eq(chapters.id, chapterId))
  const changed = mapToKind(isUnchanged ? rekeyed : [chapterId, ...rekeyed], 'changed')
  await appendChapterChanges(transaction, { workspaceId, page }, changed)
  return { outcome: 'found', chapter: { ...chapter, ...change } }
}

const findPlace = async (
  transaction: Database,
  { id, courseId, position: current }: Chapter,
  { position, after }: ChapterPatch,
): Promise<Room> =>
  position === undefined
    ? { position: current, rekeyed: [] }
    : makeRoom(transaction, courseId, { id, position }, after)

async function createChapter(
  transaction: Database,
  workspaceId: string,
  { id, courseId, title, position: requested, after, page }: NewChapter,
  positionAfter: PositionAfter,
): Promise<ChapterResult> {
  // Locked, so that two chapters created at once end up in the order of their creation.
  const [course] = await transaction
    .select({ title: courses.title, removedAt: courses.removedAt })
    .from(courses)
    .where(and(eq(courses.id, courseId), eq(courses.workspaceId, workspaceId)))
    .for('update')
  if (!course) return { outcome: 'course-missing' }
  if (course.removedAt) {
    const removed = { kind: 'course' as const, id: courseId, title: course.title }
    return { outcome: 'chapter-removed', removed }
  }
  const fingerprint = JSON.stringify(
    requested === undefined ? [courseId, title] : [courseId, title, requested],
  )
  const position = requested ?? positionAfter(await findLastPosition(transaction, courseId))
  const [created] = await transaction
    .insert(chapters)
    .values({ id, courseId, title, position, fingerprint })
    .onConflictDoNothing()
    .returning(chapterColumns)
  if (created) {
    const { chapter, rekeyed } = await placeCreated(transaction, created, after)
    const changes = new Map([...mapToKind([id], 'created'), ...mapToKind(rekeyed, 'changed')])
    await appendChapterChanges(transaction, { workspaceId, page }, changes)
    return { outcome: 'created', chapter }
  }

  const absence = await findChapterProblem(transaction, workspaceId, id)
  if (absence) return absence.outcome === 'chapter-missing' ? { outcome: 'id-reused' } : absence
  const [existing] = await transaction
    .select({ ...chapterColumns, fingerprint: chapters.fingerprint })
    .from(chapters)
    .where(eq(chapters.id, id))
  if (existing?.fingerprint !== fingerprint) return { outcome: 'id-reused' }
  const { fingerprint: _, ...chapter } = existing
  return { outcome: 'found', chapter }
}

/** Makes room for a chapter that was just created, which may change its own position. */
async function placeCreated(
  transaction: Database,
  chapter: Chapter,
  after: string | null | undefined,
): Promise<{ chapter: Chapter; rekeyed: readonly string[] }> {
  const { position, rekeyed } = await makeRoom(transaction, chapter.courseId, chapter, after)
  if (position !== chapter.position) {
    await transaction.update(chapters).set({ position }).where(eq(chapters.id, chapter.id))
  }
  return { chapter: { ...chapter, position }, rekeyed }
}

/** The last position in a course. Removed chapters count: they keep their place. */
async function findLastPosition(transaction: Database, courseId: string): Promise<string | null> {
  const [last] = await transaction
    .select({ position: chapters.position })
    .from(chapters)
    .where(eq(chapters.courseId, courseId))
    .orderBy(desc(chapters.position))
    .limit(1)
  return last?.position ?? null
}

/** Reads a chapter that the transaction has locked. */
async function readChapter(transaction: Database, chapterId: string): Promise<Chapter> {
  const [chapter] = await transaction
    .select(chapterColumns)
    .from(chapters)
    .where(eq(chapters.id, chapterId))
  if (!chapter) throw new Error(`Chapter ${chapterId} was deleted while it was locked`)
  return chapter
}
