import { sql } from 'drizzle-orm'
import type { CurrentVideo, Video, VideoPatch } from '#contract/videos.ts'
import { type Database, isUniqueViolation, queryRows } from '../../db/database.ts'
import { orderRepository } from './order.repository.ts'
import { rekeyForMove } from './order-keys.ts'
import {
  judgeRevision,
  lockVideo,
  type Revision,
  type StoredVideo,
  selectChapters,
  setRevision,
  videoColumns,
} from './rows.repository.ts'

/** The change was overtaken by a later one; `current` is what its id stands for now. */
type Stale = { outcome: 'stale'; current: CurrentVideo }

/** What a change of a video came to. `mismatched` carries the video as it is now. */
export type ChangeResult =
  | Stale
  | { outcome: 'changed' | 'mismatched'; video: Video }
  | { outcome: 'removed'; revision: number }
  | { outcome: 'asset-already-linked' | 'version-required' | 'missing' | 'chapter-missing' }

export type RemoveResult = Stale | { outcome: 'removed' }

/** What a restoration came to. `vacant`: the video was never linked, and its id can be linked. */
export type RestoreResult =
  | Stale
  | { outcome: 'restored'; video: Video }
  | { outcome: 'vacant' | 'asset-already-linked' | 'missing' }

/** A change: of which version, and its place among the changes of the video, where they are given. */
export type ChangeRequest = {
  patch: VideoPatch
  version: number | undefined
  revision: Revision | undefined
}

const table = sql`linked_videos`

export function videosRepository(database: Database) {
  async function hasChapter(workspaceId: string, chapterId: string): Promise<boolean> {
    const found = await queryRows(
      database,
      sql`${selectChapters(workspaceId)} AND chapters.id = ${chapterId}`,
    )
    return found.length > 0
  }

  return {
    hasChapter,

    /** The videos of a chapter in order; `undefined` without such a chapter. */
    async list(workspaceId: string, chapterId: string): Promise<Video[] | undefined> {
      const videos = await queryRows<Video>(
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

    /** Renames or moves a video, and gives new positions to its neighbours where it needs room. */
    change: (workspaceId: string, videoId: string, request: ChangeRequest): Promise<ChangeResult> =>
      orOccupied(
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

    /** Brings back a removed video. */
    restore: (
      workspaceId: string,
      videoId: string,
      revision: Revision | undefined,
    ): Promise<RestoreResult> =>
      orOccupied(
        database.transaction((transaction) =>
          restoreVideo(transaction, workspaceId, videoId, revision),
        ),
      ),
  }
}

/** A transaction that would bring an asset into a chapter a second time has changed nothing. */
const orOccupied = <Result>(transaction: Promise<Result>) =>
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
  // The chapter is locked before its videos, as everybody does. A video that leaves it in between has
  // another version then than the one that this change can name.
  const chapterId = await findChapter(transaction, videoId, patch)
  const hasChapter =
    chapterId === undefined ||
    (await orderRepository(transaction).lockChapter(workspaceId, chapterId))
  const stored = await lockVideo(transaction, workspaceId, videoId)
  if (!stored?.video) {
    return stored?.status === 'removed' ? removedResult(stored) : { outcome: 'missing' }
  }
  const settled = settleChange({ ...stored, video: stored.video }, request)
  if (settled) return settled
  if (!hasChapter) return { outcome: 'chapter-missing' }

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

/** What a change comes to that is not to be applied. */
function settleChange(
  stored: StoredVideo & { video: Video },
  { version, revision }: ChangeRequest,
): ChangeResult | undefined {
  const { status, video } = stored
  if (status === 'removed') return removedResult(stored)
  const judgement = judgeRevision(stored, revision)
  if (judgement === 'repeated') return { outcome: 'changed', video }
  if (judgement === 'stale') return staleResult(stored)
  if (version === undefined) return { outcome: 'version-required' }
  return video.version === version ? undefined : { outcome: 'mismatched', video }
}

/** Stores new positions of a video's neighbours where it needs room; gives the position that it gets. */
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
  const tombstone = { revision: revision?.revision ?? 1, page: revision?.page, removedAt: now }
  if (await insertEmpty(transaction, workspaceId, videoId, tombstone)) return { outcome: 'removed' }
  const stored = await lockVideo(transaction, workspaceId, videoId)
  // An id of another workspace's is not for this one to know of.
  if (!stored) return { outcome: 'removed' }
  const judgement = judgeRevision(stored, revision)
  if (judgement === 'stale') return staleResult(stored)
  const isChange = stored.status !== 'removed' || revision !== undefined
  if (judgement === 'next' && isChange) {
    await transaction.execute(
      sql`UPDATE linked_videos
        SET removed_at = coalesce(removed_at, ${now.toISOString()}::timestamptz),
          ${setRevision(stored, revision)}
        WHERE id = ${videoId}`,
    )
  }
  return { outcome: 'removed' }
}

async function restoreVideo(
  transaction: Database,
  workspaceId: string,
  videoId: string,
  revision: Revision | undefined,
): Promise<RestoreResult> {
  if (revision && (await insertEmpty(transaction, workspaceId, videoId, revision))) {
    return { outcome: 'vacant' }
  }
  const stored = await lockVideo(transaction, workspaceId, videoId)
  if (!stored) return { outcome: 'missing' }
  const judgement = judgeRevision(stored, revision)
  if (judgement === 'stale') return staleResult(stored)
  const isChange = stored.status === 'removed' || revision !== undefined
  if (judgement === 'next' && isChange) {
    await transaction.execute(
      sql`UPDATE linked_videos
        SET removed_at = NULL, ${setRevision(stored, revision)},
          version = version + (removed_at IS NOT NULL AND chapter_id IS NOT NULL)::int
        WHERE id = ${videoId}`,
    )
  }
  const { video = null } = (await lockVideo(transaction, workspaceId, videoId)) ?? {}
  return video ? { outcome: 'restored', video } : { outcome: 'vacant' }
}

/** Takes an id for a tombstone or a vacant row; `false` where something has the id. */
async function insertEmpty(
  transaction: Database,
  workspaceId: string,
  videoId: string,
  { revision, page, removedAt }: { revision: number; page?: string | undefined; removedAt?: Date },
): Promise<boolean> {
  const inserted = await queryRows(
    transaction,
    sql`INSERT INTO linked_videos (id, workspace_id, removed_at, revision, revised_by)
      VALUES (${videoId}, ${workspaceId}, ${removedAt?.toISOString() ?? null}::timestamptz,
        ${revision}, ${page ?? null}::uuid)
      ON CONFLICT (id) DO NOTHING
      RETURNING id`,
  )
  return inserted.length > 0
}

/** The chapter whose order a change concerns: where the video goes, or is moved within. */
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
