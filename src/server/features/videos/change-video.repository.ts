import { sql } from 'drizzle-orm'
import type { Video, VideoPatch } from '#contract/videos.ts'
import { appendVideoChanges, mapToKind } from '../../db/change-log.ts'
import type { ChapterAbsence } from '../../db/chapter-state.ts'
import { type Database, queryRows } from '../../db/database.ts'
import { rekeyForMove } from '../../db/order-keys.ts'
import { videoColumns } from '../../db/video-columns.ts'
import { orderRepository } from './order.repository.ts'
import {
  compareRevision,
  createStaleResult,
  lockVideo,
  type Revision,
  type Stale,
  type StoredVideo,
  setRevision,
} from './rows.repository.ts'

/** The result of changing a video. `mismatched` carries the current video. */
export type ChangeResult =
  | Stale
  | ChapterAbsence
  | { outcome: 'changed' | 'mismatched'; video: Video }
  | { outcome: 'removed'; revision: number }
  | { outcome: 'asset-already-linked' | 'version-required' | 'missing' }

/** A change to a video, with the version and the revision that its request named. */
export type ChangeRequest = {
  patch: VideoPatch
  version: number | undefined
  revision: Revision | undefined
}

/** Renames or moves a video in a transaction. */
export async function changeVideo(
  transaction: Database,
  workspaceId: string,
  videoId: string,
  request: ChangeRequest,
): Promise<ChangeResult> {
  const { patch, revision } = request
  // Every transaction locks the chapter before its videos. A video that leaves the chapter in
  // between gets a new version, which this request can't know.
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

  const { position, rekeyed } = await makeRoom(transaction, videoId, chapterId, patch)
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
  if (!video) return { outcome: 'missing' }
  const author = { workspaceId, page: revision?.page }
  await appendVideoChanges(transaction, author, mapToKind([videoId, ...rekeyed], 'changed'))
  return { outcome: 'changed', video }
}

/** Returns the result if the change must not be applied, otherwise `undefined`. */
function settleChange(
  stored: StoredVideo & { video: Video },
  { patch, version, revision }: ChangeRequest,
): ChangeResult | undefined {
  const { status, video, chapterAbsence } = stored
  if (status === 'removed') return removedResult(stored)
  // What someone else removed with its chapter can still be moved to another one.
  const isMovedAway = patch.chapterId !== undefined && patch.chapterId !== video.chapterId
  if (chapterAbsence && !isMovedAway) return chapterAbsence
  const comparison = compareRevision(stored, revision)
  if (comparison === 'repeated') return { outcome: 'changed', video }
  if (comparison === 'stale') return createStaleResult(stored)
  if (version === undefined) return { outcome: 'version-required' }
  return video.version === version ? undefined : { outcome: 'mismatched', video }
}

/**
 * Re-keys a video's neighbours where there is no room; returns the video's final position, and the
 * ids of those neighbours.
 */
async function makeRoom(
  transaction: Database,
  videoId: string,
  chapterId: string | undefined,
  { position, after }: VideoPatch,
): Promise<{ position: string | undefined; rekeyed: readonly string[] }> {
  if (position === undefined || chapterId === undefined) return { position, rekeyed: [] }
  const order = orderRepository(transaction)
  const others = await order.readOrder(chapterId, videoId)
  const keys = new Map(rekeyForMove(others, { id: videoId, position }, after))
  const ownKey = keys.get(videoId)
  keys.delete(videoId)
  const rekeyed = await order.storeKeys(chapterId, keys)
  return { position: ownKey ?? position, rekeyed }
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
