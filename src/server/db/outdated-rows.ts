import { sql } from 'drizzle-orm'
import { type Database, queryRows } from './database.ts'

const videosPerStatement = 500

/**
 * Deletes a batch of the courses, chapters, videos and assets that were removed before a date, and
 * of the ids that have been tombstones or vacant since then. The statements are short and atomic,
 * so that a restore finds all of a chapter or nothing. Servers that share a database take different
 * rows.
 * @returns how many were deleted; 0 when none are left
 */
export async function deleteRemoved(database: Database, before: Date): Promise<number> {
  const isOld = sql`removed_at < ${before.toISOString()}::timestamptz`
  const isLongVacant = sql`vacant_since < ${before.toISOString()}::timestamptz`
  const statements = [
    sql`DELETE FROM linked_videos WHERE id IN (
      SELECT id FROM linked_videos WHERE ${isOld} OR ${isLongVacant}
      LIMIT ${videosPerStatement} FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    // An asset that a video still uses stays, however long ago it was taken out of the library.
    sql`DELETE FROM media_assets WHERE id IN (
      SELECT id FROM media_assets WHERE ${isOld} AND NOT EXISTS (
        SELECT 1 FROM linked_videos WHERE linked_videos.media_id = media_assets.id)
      LIMIT ${videosPerStatement} FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    sql`DELETE FROM chapters WHERE id IN (
      SELECT id FROM chapters WHERE ${isOld} LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id`,
    sql`DELETE FROM courses WHERE id IN (
      SELECT id FROM courses WHERE ${isOld} LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id`,
  ]
  let count = 0
  for (const statement of statements) count += (await queryRows(database, statement)).length
  return count
}

const changesPerStatement = 1000

/**
 * Deletes a batch of the changes from before a date, the oldest first. The newest of them stays: it
 * marks where the log can still be read from.
 * @returns how many were deleted; 0 when none are left
 */
export async function deleteOldChanges(database: Database, before: Date): Promise<number> {
  const deleted = await queryRows(
    database,
    sql`DELETE FROM change_log WHERE sequence IN (
      SELECT sequence FROM change_log
      WHERE sequence < (SELECT max(sequence) FROM change_log
        WHERE changed_at < ${before.toISOString()}::timestamptz)
      ORDER BY sequence LIMIT ${changesPerStatement} FOR UPDATE SKIP LOCKED)
      RETURNING sequence`,
  )
  return deleted.length
}
