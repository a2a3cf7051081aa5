import { sql } from 'drizzle-orm'
import type { Video } from '#contract/videos.ts'
import { type ChapterAbsence, findChapterProblem } from '../../db/chapter-state.ts'
import { type Database, isUniqueViolation, queryRows } from '../../db/database.ts'
import { videoColumns } from '../../db/video-columns.ts'
import { type ChangeRequest, type ChangeResult, changeVideo } from './change-video.repository.ts'
import {
  type RemoveResult,
  type RestoreResult,
  removeVideo,
  restoreVideo,
} from './remove-video.repository.ts'
import type { Revision } from './rows.repository.ts'

const table = sql`linked_videos`

export function videosRepository(database: Database) {
  return {
    /** Finds out why a chapter can't be used; `undefined` if it can. */
    findChapterProblem: (workspaceId: string, chapterId: string) =>
      findChapterProblem(database, workspaceId, chapterId),

    /** Lists the videos of a chapter in order, or returns why it can't be used. */
    async list(
      workspaceId: string,
      chapterId: string,
    ): Promise<{ outcome: 'listed'; videos: Video[] } | ChapterAbsence> {
      const absence = await findChapterProblem(database, workspaceId, chapterId)
      if (absence) return absence
      const videos = await queryRows<Video>(
        database,
        sql`SELECT ${videoColumns(table)}
          FROM linked_videos JOIN media_assets ON media_assets.id = linked_videos.media_id
          WHERE linked_videos.chapter_id = ${chapterId} AND linked_videos.removed_at IS NULL
            AND linked_videos.workspace_id = ${workspaceId}
          ORDER BY linked_videos.position, linked_videos.id`,
      )
      return { outcome: 'listed', videos }
    },

    /** Renames or moves a video; re-keys its neighbours where there is no room. */
    change: (workspaceId: string, videoId: string, request: ChangeRequest): Promise<ChangeResult> =>
      catchOccupied(
        database.transaction((transaction) =>
          changeVideo(transaction, workspaceId, videoId, request),
        ),
      ),

    /** Removes a video, or leaves a tombstone for one whose link has not arrived. */
    remove: (
      workspaceId: string,
      videoId: string,
      now: Date,
      revision: Revision | undefined,
    ): Promise<RemoveResult> =>
      database.transaction((transaction) =>
        removeVideo(transaction, workspaceId, videoId, now, revision),
      ),

    /** Restores a removed video; turns a tombstone into a vacant row. */
    restore: (
      workspaceId: string,
      videoId: string,
      now: Date,
      revision: Revision | undefined,
    ): Promise<RestoreResult> =>
      catchOccupied(
        database.transaction((transaction) =>
          restoreVideo(transaction, workspaceId, videoId, now, revision),
        ),
      ),
  }
}

/** A unique violation has rolled the transaction back: the asset is already in the chapter. */
const catchOccupied = <Result>(transaction: Promise<Result>) =>
  transaction.catch((error: unknown) => {
    if (isUniqueViolation(error)) return { outcome: 'asset-already-linked' as const }
    throw error
  })
