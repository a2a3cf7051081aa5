import { sql } from 'drizzle-orm'
import type { Video } from '#contract/videos.ts'
import { appendVideoChanges, mapToKind } from '../../db/change-log.ts'
import type { ChapterAbsence } from '../../db/chapter-state.ts'
import { type Database, queryRows } from '../../db/database.ts'
import {
  compareRevision,
  createStaleResult,
  lockVideo,
  type Revision,
  type Stale,
  setRevision,
} from './rows.repository.ts'

export type RemoveResult = Stale | { outcome: 'removed' }

/** The result of restoring a video. `vacant`: it was never linked, and its id is free. */
export type RestoreResult =
  | Stale
  | ChapterAbsence
  | { outcome: 'restored'; video: Video }
  | { outcome: 'vacant' | 'asset-already-linked' | 'missing' }

/** Removes a video in a transaction. */
export async function removeVideo(
  transaction: Database,
  workspaceId: string,
  videoId: string,
  now: Date,
  revision: Revision | undefined,
): Promise<RemoveResult> {
  const tombstone = { ...(revision ?? { revision: 1 }), removedAt: now }
  if (await insertEmpty(transaction, workspaceId, videoId, tombstone)) return { outcome: 'removed' }
  const stored = await lockVideo(transaction, workspaceId, videoId)
  // The id belongs to another workspace, which this one must not learn.
  if (!stored) return { outcome: 'removed' }
  const comparison = compareRevision(stored, revision)
  if (comparison === 'stale') return createStaleResult(stored)
  const isChange = stored.status !== 'removed' || revision !== undefined
  if (comparison === 'next' && isChange) {
    await transaction.execute(
      sql`UPDATE linked_videos
        SET removed_at = coalesce(removed_at, ${now.toISOString()}::timestamptz),
          vacant_since = NULL, ${setRevision(stored, revision)}
        WHERE id = ${videoId}`,
    )
  }
  if (comparison === 'next' && stored.status === 'linked') {
    const author = { workspaceId, page: revision?.page }
    await appendVideoChanges(transaction, author, mapToKind([videoId], 'removed'))
  }
  return { outcome: 'removed' }
}

/** Restores a video in a transaction. */
export async function restoreVideo(
  transaction: Database,
  workspaceId: string,
  videoId: string,
  now: Date,
  revision: Revision | undefined,
): Promise<RestoreResult> {
  const vacancy = revision && { ...revision, vacantSince: now }
  if (vacancy && (await insertEmpty(transaction, workspaceId, videoId, vacancy))) {
    return { outcome: 'vacant' }
  }
  const stored = await lockVideo(transaction, workspaceId, videoId)
  if (!stored) return { outcome: 'missing' }
  if (stored.chapterAbsence) return stored.chapterAbsence
  const comparison = compareRevision(stored, revision)
  if (comparison === 'stale') return createStaleResult(stored)
  const isChange = stored.status === 'removed' || revision !== undefined
  if (comparison === 'next' && isChange) {
    await transaction.execute(
      sql`UPDATE linked_videos
        SET removed_at = NULL, ${setRevision(stored, revision)},
          vacant_since = CASE WHEN chapter_id IS NULL
            THEN coalesce(vacant_since, ${now.toISOString()}::timestamptz) END,
          version = version + (removed_at IS NOT NULL AND chapter_id IS NOT NULL)::int
        WHERE id = ${videoId}`,
    )
  }
  const { video = null } = (await lockVideo(transaction, workspaceId, videoId)) ?? {}
  if (comparison === 'next' && stored.status === 'removed' && video) {
    const author = { workspaceId, page: revision?.page }
    await appendVideoChanges(transaction, author, mapToKind([videoId], 'restored'))
  }
  return video ? { outcome: 'restored', video } : { outcome: 'vacant' }
}

type EmptyRow = { revision: number; page?: string | undefined } & (
  | { removedAt: Date; vacantSince?: undefined }
  | { removedAt?: undefined; vacantSince: Date }
)

/** Inserts a tombstone or a vacant row; `false` if the id is taken. */
async function insertEmpty(
  transaction: Database,
  workspaceId: string,
  videoId: string,
  { revision, page, removedAt, vacantSince }: EmptyRow,
): Promise<boolean> {
  const inserted = await queryRows(
    transaction,
    sql`INSERT INTO linked_videos
        (id, workspace_id, removed_at, vacant_since, revision, revised_by)
      VALUES (${videoId}, ${workspaceId}, ${removedAt?.toISOString() ?? null}::timestamptz,
        ${vacantSince?.toISOString() ?? null}::timestamptz, ${revision}, ${page ?? null}::uuid)
      ON CONFLICT (id) DO NOTHING
      RETURNING id`,
  )
  return inserted.length > 0
}
