import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { chapters, type courses, linkedVideos } from '../../db/schema.ts'

interface Copy {
  /** The id of the course to copy from. */
  from: string
  /** The new course, which is empty. */
  to: Pick<typeof courses.$inferSelect, 'id' | 'createdAt'>
  newId: () => string
}

/** Copies a course's chapters with their videos, in the same order. */
export async function copyChapters(transaction: Database, { from, to, newId }: Copy) {
  const originals = await transaction
    .select({ id: chapters.id, title: chapters.title, position: chapters.position })
    .from(chapters)
    .where(and(eq(chapters.courseId, from), isNull(chapters.removedAt)))
    .orderBy(asc(chapters.position), asc(chapters.id))
  if (originals.length === 0) return
  const copies = new Map(originals.map((chapter) => [chapter.id, { ...chapter, id: newId() }]))
  await transaction
    .insert(chapters)
    .values([...copies.values()].map((chapter) => ({ ...chapter, courseId: to.id })))
  await copyVideos(transaction, from, to.createdAt, (video) => ({
    original: video.id,
    id: newId(),
    chapter_id: copies.get(video.chapterId ?? '')?.id,
  }))
}

type Original = Pick<typeof linkedVideos.$inferSelect, 'id' | 'chapterId'>
type CopyIds = { original: string; id: string; chapter_id: string | undefined }

async function copyVideos(
  transaction: Database,
  courseId: string,
  linkedAt: Date,
  toCopy: (video: Original) => CopyIds,
) {
  const originals = await transaction
    .select({ id: linkedVideos.id, chapterId: linkedVideos.chapterId })
    .from(linkedVideos)
    .innerJoin(chapters, eq(chapters.id, linkedVideos.chapterId))
    .where(
      and(
        eq(chapters.courseId, courseId),
        isNull(chapters.removedAt),
        isNull(linkedVideos.removedAt),
      ),
    )
    .orderBy(asc(linkedVideos.position), asc(linkedVideos.id))
  // A chapter that was added since the chapters were read is not copied.
  const copies = originals.map(toCopy).filter(({ chapter_id }) => chapter_id !== undefined)
  await transaction.execute(
    sql`INSERT INTO linked_videos
        (id, workspace_id, chapter_id, media_id, filename, position, linked_as, linked_at)
      SELECT copy.id, original.workspace_id, copy.chapter_id, original.media_id, original.filename,
        original.position, original.linked_as, ${linkedAt.toISOString()}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(copies)}::jsonb)
        AS copy(original uuid, id uuid, chapter_id uuid)
      JOIN linked_videos AS original ON original.id = copy.original`,
  )
}
