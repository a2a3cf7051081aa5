import { type SQL, sql } from 'drizzle-orm'
import type { Video, VideoPatch } from '#contract/videos.ts'
import { type Database, isUniqueViolation, rowsOf } from '../../db/database.ts'

/** What a change of a video came to. `mismatched` carries the video as it is now. */
export type ChangeOutcome =
  | { is: 'changed'; video: Video }
  | { is: 'mismatched'; video: Video }
  | { is: 'asset-already-linked' | 'removed' | 'missing' | 'chapter-missing' }

export type RestoreOutcome =
  | { is: 'restored'; video: Video }
  | { is: 'forgotten' | 'asset-already-linked' | 'missing' }

type Identified = { id: string }

/** The columns of a video: of a row of `linked_videos`, and of its media asset. */
export const videoColumns = (row: SQL, asset = sql`media_assets`) => sql`
  ${row}.id, ${row}.chapter_id AS "chapterId", ${row}.media_id AS "mediaId", ${row}.filename,
  ${row}.position, ${row}.version, ${asset}.duration_seconds AS "durationSeconds"`

/** The chapters of a workspace, to be narrowed down by `AND chapters.id = …`. */
export const chaptersOf = (workspaceId: string) => sql`
  SELECT chapters.id FROM chapters JOIN courses ON courses.id = chapters.course_id
  WHERE courses.workspace_id = ${workspaceId}`

const table = sql`linked_videos`

export function videosRepository(database: Database) {
  async function hasChapter(workspaceId: string, chapterId: string): Promise<boolean> {
    const found = await rowsOf<Identified>(
      database,
      sql`${chaptersOf(workspaceId)} AND chapters.id = ${chapterId}`,
    )
    return found.length > 0
  }

  async function find(workspaceId: string, videoId: string) {
    const [row] = await rowsOf<Video & { removed: boolean }>(
      database,
      sql`SELECT ${videoColumns(table)}, linked_videos.removed_at IS NOT NULL AS removed
        FROM linked_videos LEFT JOIN media_assets ON media_assets.id = linked_videos.media_id
        WHERE linked_videos.id = ${videoId} AND linked_videos.workspace_id = ${workspaceId}`,
    )
    if (!row) return undefined
    const { removed, ...video } = row
    return { removed, video }
  }

  async function restore(workspaceId: string, videoId: string): Promise<RestoreOutcome> {
    try {
      await database.execute(
        sql`UPDATE linked_videos SET removed_at = NULL, version = version + 1
          WHERE id = ${videoId} AND workspace_id = ${workspaceId}
            AND removed_at IS NOT NULL AND chapter_id IS NOT NULL`,
      )
    } catch (error) {
      if (isUniqueViolation(error)) return { is: 'asset-already-linked' }
      throw error
    }
    const tombstones = await rowsOf<Identified>(
      database,
      sql`DELETE FROM linked_videos
        WHERE id = ${videoId} AND workspace_id = ${workspaceId} AND chapter_id IS NULL
        RETURNING id`,
    )
    if (tombstones.length > 0) return { is: 'forgotten' }
    const found = await find(workspaceId, videoId)
    // A removal that came in between is undone as well, so that what is answered as restored is there.
    if (found?.removed) return restore(workspaceId, videoId)
    return found ? { is: 'restored', video: found.video } : { is: 'missing' }
  }

  return {
    hasChapter,

    /** The videos of a chapter in order; `undefined` without such a chapter. */
    async list(workspaceId: string, chapterId: string): Promise<Video[] | undefined> {
      const videos = await rowsOf<Video>(
        database,
        sql`SELECT ${videoColumns(table)}
          FROM linked_videos JOIN media_assets ON media_assets.id = linked_videos.media_id
          WHERE linked_videos.chapter_id = ${chapterId} AND linked_videos.removed_at IS NULL
            AND linked_videos.workspace_id = ${workspaceId}
          ORDER BY linked_videos.position, linked_videos.id`,
      )
      if (videos.length > 0 || (await hasChapter(workspaceId, chapterId))) return videos
      return undefined
    },

    /** Changes a video that is at this version; one statement, so that of two changes one wins. */
    async change(
      workspaceId: string,
      videoId: string,
      version: number,
      { filename = null, position = null, chapterId = null }: Nullable<VideoPatch>,
    ): Promise<ChangeOutcome> {
      try {
        const [video] = await rowsOf<Video>(
          database,
          sql`WITH changed AS (
            UPDATE linked_videos
            SET filename = coalesce(${filename}::text, filename),
              position = coalesce(${position}::text, position),
              chapter_id = coalesce(${chapterId}::uuid, chapter_id),
              version = version + 1
            WHERE id = ${videoId} AND workspace_id = ${workspaceId} AND version = ${version}
              AND removed_at IS NULL
              AND (${chapterId}::uuid IS NULL OR ${chapterId}::uuid IN (${chaptersOf(workspaceId)}))
            RETURNING *)
          SELECT ${videoColumns(sql`changed`)}
          FROM changed JOIN media_assets ON media_assets.id = changed.media_id`,
        )
        if (video) return { is: 'changed', video }
      } catch (error) {
        if (isUniqueViolation(error)) return { is: 'asset-already-linked' }
        throw error
      }
      const found = await find(workspaceId, videoId)
      if (!found) return { is: 'missing' }
      if (found.removed) return { is: 'removed' }
      if (found.video.version !== version) return { is: 'mismatched', video: found.video }
      return { is: 'chapter-missing' }
    },

    /** Removes a video, or leaves a tombstone for one whose link has not arrived. */
    async remove(workspaceId: string, videoId: string, now: Date): Promise<void> {
      await database.execute(
        sql`INSERT INTO linked_videos (id, workspace_id, removed_at)
          VALUES (${videoId}, ${workspaceId}, ${now.toISOString()})
          ON CONFLICT (id) DO UPDATE
          SET removed_at = coalesce(linked_videos.removed_at, excluded.removed_at)
          WHERE linked_videos.workspace_id = excluded.workspace_id`,
      )
    },

    restore,
  }
}

type Nullable<Patch> = { [Key in keyof Patch]?: Patch[Key] | null }
