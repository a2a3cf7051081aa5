import { sql } from 'drizzle-orm'
import type { CurrentVideo, Video } from '#contract/videos.ts'
import { type ChapterAbsence, findChapterProblem } from '../../db/chapter-state.ts'
import { type Database, queryRows } from '../../db/database.ts'
import { videoColumns } from '../../db/video-columns.ts'

/** The number of a change to a video, and the page that requested it. */
export type Revision = { revision: number; page: string }

/** What an id stands for, who made its last change, and whether its chapter can be used. */
export type StoredVideo = CurrentVideo & {
  revisedBy: string | null
  chapterAbsence: ChapterAbsence | undefined
}

type Row = Video & {
  isRemoved: boolean
  isEmpty: boolean
  isParentRemoved: boolean
  revisedBy: string | null
}

/** Reads what an id stands for, and locks it until the transaction ends. */
export async function lockVideo(
  transaction: Database,
  workspaceId: string,
  videoId: string,
): Promise<StoredVideo | undefined> {
  const [row] = await queryRows<Row>(
    transaction,
    sql`SELECT ${videoColumns(sql`linked_videos`)}, linked_videos.revised_by AS "revisedBy",
        linked_videos.removed_at IS NOT NULL AS "isRemoved",
        linked_videos.chapter_id IS NULL AS "isEmpty",
        coalesce(chapters.removed_at, courses.removed_at) IS NOT NULL AS "isParentRemoved"
      FROM linked_videos
      LEFT JOIN media_assets ON media_assets.id = linked_videos.media_id
      LEFT JOIN chapters ON chapters.id = linked_videos.chapter_id
      LEFT JOIN courses ON courses.id = chapters.course_id
      WHERE linked_videos.id = ${videoId} AND linked_videos.workspace_id = ${workspaceId}
      FOR UPDATE OF linked_videos`,
  )
  if (!row) return undefined
  const { isRemoved, isEmpty, isParentRemoved, revisedBy, ...video } = row
  const status = isEmpty ? 'vacant' : 'linked'
  return {
    status: isRemoved ? 'removed' : status,
    video: isEmpty ? null : video,
    revision: video.revision,
    revisedBy,
    chapterAbsence: isParentRemoved
      ? await findChapterProblem(transaction, workspaceId, video.chapterId)
      : undefined,
  }
}

/**
 * Compares a change with the last one that was applied: it is the same one again, an older one, or
 * the next one, which must be applied. A change without a revision is always the next one.
 */
export function compareRevision(
  stored: StoredVideo,
  requested: Revision | undefined,
): 'repeated' | 'stale' | 'next' {
  if (!requested || requested.revision > stored.revision) return 'next'
  const isSame = requested.revision === stored.revision && requested.page === stored.revisedBy
  return isSame ? 'repeated' : 'stale'
}

/** The revision columns to set when a change is applied. */
export const setRevision = (stored: StoredVideo, requested: Revision | undefined) => sql`
  revision = ${requested?.revision ?? stored.revision + 1}, revised_by = ${requested?.page ?? null}::uuid`

/** A later change was applied first; `current` is what the id stands for now. */
export type Stale = { outcome: 'stale'; current: CurrentVideo }

export const createStaleResult = ({ status, video, revision }: StoredVideo): Stale => ({
  outcome: 'stale',
  current: { status, video, revision },
})
