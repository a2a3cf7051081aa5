import { type SQL, sql } from 'drizzle-orm'

/**
 * The columns of a video that the API returns, from a row of `linked_videos` and its media asset. A
 * chapter's list and the change log share them.
 */
export const videoColumns = (row: SQL, asset = sql`media_assets`) => sql`
  ${row}.id, ${row}.chapter_id AS "chapterId", ${row}.media_id AS "mediaId", ${row}.filename,
  ${row}.position, ${row}.version, ${row}.revision, ${asset}.duration_seconds AS "durationSeconds"`
