import { sql } from 'drizzle-orm'
import type { Link, Video } from '#contract/videos.ts'
import type { Author } from '../../db/change-log.ts'
import type { ChapterAbsence } from '../../db/chapter-state.ts'
import { type Database, isUniqueViolation, queryRows } from '../../db/database.ts'
import { linkFingerprint } from '../../db/link-fingerprint.ts'
import { videoColumns } from '../../db/video-columns.ts'

/** The result of one link. */
export type LinkResult =
  | { outcome: 'linked' | 'already-linked'; video: Video }
  | { outcome: 'removed'; revision: number }
  | { outcome: 'id-reused' | 'asset-already-linked' | 'media-missing' }
  | ChapterAbsence
  | { outcome: 'failed'; error: unknown }

export type LinkTarget = Author & { chapterId: string; now: Date }
export type LinkRow = Link & { ordinal: number; fingerprint: string }
export type LinkResults = Map<number, LinkResult>
export type InsertedRow = Video & { fingerprint: string }

export const toLinkRow =
  (chapterId: string) =>
  (link: Link, ordinal: number): LinkRow => ({
    ...link,
    ordinal,
    fingerprint: linkFingerprint(chapterId, link),
  })

// Inserts in the order of ids, so that two batches with common ids can't deadlock.
export const insertLinks = (
  database: Database,
  { workspaceId, chapterId, now }: LinkTarget,
  rows: readonly LinkRow[],
) =>
  queryRows<InsertedRow>(
    database,
    sql`WITH linked AS (
      INSERT INTO linked_videos
        (id, workspace_id, chapter_id, media_id, filename, position, linked_as, linked_at)
      SELECT incoming.id, ${workspaceId}, chapters.id, media_assets.id, incoming.filename,
        incoming.position, incoming.fingerprint, ${now.toISOString()}::timestamptz
      FROM ${recordset(rows)}
      JOIN media_assets ON media_assets.id = incoming."mediaId"
        AND media_assets.workspace_id = ${workspaceId} AND media_assets.removed_at IS NULL
      JOIN chapters ON chapters.id = ${chapterId} AND chapters.removed_at IS NULL
      JOIN courses ON courses.id = chapters.course_id AND courses.workspace_id = ${workspaceId}
        AND courses.removed_at IS NULL
      ORDER BY incoming.id, incoming.ordinal
      ON CONFLICT DO NOTHING
      RETURNING *)
    SELECT ${videoColumns(sql`linked`)}, linked.linked_as AS fingerprint
    FROM linked JOIN media_assets ON media_assets.id = linked.media_id`,
  )

/**
 * Links a video whose id is vacant. Within another transaction, this one is nested: a violation
 * undoes no other link.
 */
export async function linkVacantId(
  database: Database,
  { chapterId, now }: LinkTarget,
  row: LinkRow,
): Promise<LinkResult | undefined> {
  try {
    const [video] = await database.transaction((transaction) =>
      queryRows<Video>(
        transaction,
        sql`WITH linked AS (
          UPDATE linked_videos
          SET chapter_id = ${chapterId}, media_id = ${row.mediaId}, filename = ${row.filename},
            position = ${row.position}, linked_as = ${row.fingerprint},
            linked_at = ${now.toISOString()}::timestamptz, vacant_since = NULL
          WHERE id = ${row.id} AND chapter_id IS NULL AND removed_at IS NULL
          RETURNING *)
        SELECT ${videoColumns(sql`linked`)}
        FROM linked JOIN media_assets ON media_assets.id = linked.media_id`,
      ),
    )
    return video && { outcome: 'linked', video }
  } catch (error) {
    if (isUniqueViolation(error)) return { outcome: 'asset-already-linked' }
    throw error
  }
}

/** The rows of links, as a table for a statement to join. */
export const recordset = (rows: readonly LinkRow[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS incoming(
    ordinal int, id uuid, "mediaId" uuid, filename text, position text, fingerprint text)`
