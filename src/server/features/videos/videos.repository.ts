import { sql } from 'drizzle-orm'
import type { CurrentVideo, Video, VideoPatch } from '#contract/videos.ts'
import { type ChapterAbsence, findAbsence } from '../../db/chapter-state.ts'
import { type Database, isUniqueViolation, queryRows } from '../../db/database.ts'
import { rekeyForMove } from '../../db/order-keys.ts'
import { orderRepository } from './order.repository.ts'
import {
  judgeRevision,
  lockVideo,
  type Revision,
  type StoredVideo,
  setRevision,
  videoColumns,
} from './rows.repository.ts'

/** A later change was applied first; `current` is what the id stands for now. */
type Stale = { outcome: 'stale'; current: CurrentVideo }

/** The result of changing a video. `mismatched` carries the current video. */
export type ChangeResult =
  | Stale
  | ChapterAbsence
  | { outcome: 'changed' | 'mismatched'; video: Video }
  | { outcome: 'removed'; revision: number }
  | { outcome: 'asset-already-linked' | 'version-required' | 'missing' }

export type RemoveResult = Stale | { outcome: 'removed' }

/** The result of restoring a video. `vacant`: it was never linked, and its id is free. */
export type RestoreResult =
  | Stale
  | ChapterAbsence
  | { outcome: 'restored'; video: Video }
  | { outcome: 'vacant' | 'asset-already-linked' | 'missing' }

/** A change of a video, with the version and the revision that its request named. */
export type ChangeRequest = {
  patch: VideoPatch
  version: number | undefined
  revision: Revision | undefined
}

const table = sql`linked_videos`

export function videosRepository(database: Database) {
  return {
    /** Finds out whether a chapter can be used: `undefined` if so. */
    findAbsence: (workspaceId: string, chapterId: string) =>
      findAbsence(database, workspaceId, chapterId),

    /** Lists the videos of a chapter in order, or says why it can't. */
    async list(
      workspaceId: string,
      chapterId: string,
    ): Promise<{ outcome: 'listed'; videos: Video[] } | ChapterAbsence> {
      const absence = await findAbsence(database, workspaceId, chapterId)
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

    /** Brings back a removed video; turns a tombstone into a vacant row. */
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

async function changeVideo(
  transaction: Database,
  workspaceId: string,
  videoId: string,
  request: ChangeRequest,
): Promise<ChangeResult> {
  const { patch, revision } = request
  // Every transaction locks the chapter before its videos. A video that leaves the chapter in
  // between gets a version that this request can't know.
  const chapterId = await findChapter(transaction, videoId, patch)
  const absence =
    chapterId === undefined
      ? undefined
      : await orderRepository(transaction).lockChapter(workspaceId, chapterId)
  const stored = await lockVideo(transaction, workspaceId, videoId)
  if (!stored?.video) {
    return stored?.status === 'removed' ? removedResult(stored) : { outcome: 'missing' }
  }
  const settled = settleChange({ ...stored, video: stored.video }, request)
  if (settled) return settled
  if (absence) return absence

  const position = await makeRoom(transaction, videoId, chapterId, patch)
  const [video] = await queryRows<Video>(
    transaction,
    sql`WITH changed AS (
      UPDATE linked_videos
      SET filename = coalesce(${patch.filename ?? null}::text, filename),
        position = coalesce(${position ?? null}::text, position),
        chapter_id = coalesce(${patch.chapterId ?? null}::uuid, chapter_id),
        version = version + 1, ${setRevision(stored, revision)}
      WHERE id = ${videoId}
      RETURNING *)
    SELECT ${videoColumns(sql`changed`)}
    FROM changed JOIN media_assets ON media_assets.id = changed.media_id`,
  )
  return video ? { outcome: 'changed', video } : { outcome: 'missing' }
}

/** The result of a change that is not to be applied. */
function settleChange(
  stored: StoredVideo & { video: Video },
  { version, revision }: ChangeRequest,
): ChangeResult | undefined {
  const { status, video, chapterAbsence } = stored
  if (status === 'removed') return removedResult(stored)
  if (chapterAbsence) return chapterAbsence
  const judgement = judgeRevision(stored, revision)
  if (judgement === 'repeated') return { outcome: 'changed', video }
  if (judgement === 'stale') return staleResult(stored)
  if (version === undefined) return { outcome: 'version-required' }
  return video.version === version ? undefined : { outcome: 'mismatched', video }
}

/** Re-keys a video's neighbours where there is no room; returns the video's final position. */
async function makeRoom(
  transaction: Database,
  videoId: string,
  chapterId: string | undefined,
  { position, after }: VideoPatch,
): Promise<string | undefined> {
  if (position === undefined || chapterId === undefined) return position
  const order = orderRepository(transaction)
  const others = await order.readOrder(chapterId, videoId)
  const keys = new Map(rekeyForMove(others, { id: videoId, position }, after))
  const ownKey = keys.get(videoId)
  keys.delete(videoId)
  await order.storeKeys(chapterId, keys)
  return ownKey ?? position
}

async function removeVideo(
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
  const judgement = judgeRevision(stored, revision)
  if (judgement === 'stale') return staleResult(stored)
  const isChange = stored.status !== 'removed' || revision !== undefined
  if (judgement === 'next' && isChange) {
    await transaction.execute(
      sql`UPDATE linked_videos
        SET removed_at = coalesce(removed_at, ${now.toISOString()}::timestamptz),
          vacant_since = NULL, ${setRevision(stored, revision)}
        WHERE id = ${videoId}`,
    )
  }
  return { outcome: 'removed' }
}

async function restoreVideo(
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
  const judgement = judgeRevision(stored, revision)
  if (judgement === 'stale') return staleResult(stored)
  const isChange = stored.status === 'removed' || revision !== undefined
  if (judgement === 'next' && isChange) {
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

/** Finds the chapter whose order a change affects. */
async function findChapter(transaction: Database, videoId: string, patch: VideoPatch) {
  if (patch.chapterId !== undefined || patch.position === undefined) return patch.chapterId
  const [found] = await queryRows<{ chapterId: string | null }>(
    transaction,
    sql`SELECT chapter_id AS "chapterId" FROM linked_videos WHERE id = ${videoId}`,
  )
  return found?.chapterId ?? undefined
}

const removedResult = ({ revision }: StoredVideo) => ({ outcome: 'removed' as const, revision })

const staleResult = ({ status, video, revision }: StoredVideo): Stale => ({
  outcome: 'stale',
  current: { status, video, revision },
})
