import { type SQL, sql } from 'drizzle-orm'

/**
 * What the API tells of a video: columns of a row of `linked_videos`, and of its media asset. The
 * rows of a chapter and the change log show the same.
 */
export const videoColumns = (row: SQL, asset = sql`media_assets`) => sql`
  ${row}.id, ${row}.chapter_id AS "chapterId", ${row}.media_id AS "mediaId", ${row}.filename,
  ${row}.position, ${row}.version, ${row}.revision, ${asset}.duration_seconds AS "durationSeconds"`
