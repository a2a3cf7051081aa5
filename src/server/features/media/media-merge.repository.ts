import { sql } from 'drizzle-orm'
import type { MediaMergeResult } from '#contract/media-merge.ts'
import { appendVideoChanges, mapToKind } from '../../db/change-log.ts'
import { type Database, isUniqueViolation, queryRows } from '../../db/database.ts'
import { findUsage } from './asset-details.repository.ts'
import { lockAssets, updateAsset } from './asset-rows.repository.ts'

type MergeResult =
  | ({ outcome: 'merged' } & MediaMergeResult)
  | { outcome: 'missing' | 'other-missing' | 'different-content' }

/** Which asset to merge into which, and the time of the request. */
type Merge = {
  workspaceId: string
  mediaId: string
  into: string
  now: Date
  page?: string | undefined
}

// If the other asset is added to one of the chapters meanwhile, the transaction fails. The next
// attempt leaves that chapter as it is, so that a merge is unlikely to fail twice.
const maxAttempts = 3

export const mediaMergeRepository = (database: Database) => ({
  /**
   * Removes an asset from the library and links its videos to another asset with the same content.
   * In a chapter that already has the other asset, they stay as they are: a chapter can hold an
   * asset only once. Removed videos stay with the asset, too, so that they can be restored. A
   * repeated request, after its response was lost, has nothing left to do.
   */
  async merge(merge: Merge, attempt = 1): Promise<MergeResult> {
    try {
      return await database.transaction((transaction) => mergeAssets(transaction, merge))
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === maxAttempts) throw error
      return this.merge(merge, attempt + 1)
    }
  },
})

async function mergeAssets(transaction: Database, merge: Merge): Promise<MergeResult> {
  const { workspaceId, mediaId, into, now, page } = merge
  const [asset, other] = await lockAssets(transaction, workspaceId, mediaId, into)
  if (!asset) return { outcome: 'missing' }
  if (!other || other.removedAt || other === asset) return { outcome: 'other-missing' }
  if (asset.contentHash === null || asset.contentHash !== other.contentHash) {
    return { outcome: 'different-content' }
  }
  await lockChapters(transaction, mediaId)
  const relinked = await relinkVideos(transaction, merge)
  await copyCaptions(transaction, merge)
  if (!asset.removedAt) await updateAsset(transaction, asset, { removedAt: now })
  await appendVideoChanges(transaction, { workspaceId, page }, mapToKind(relinked, 'changed'))
  const relinkedCount = relinked.length
  return { outcome: 'merged', relinkedCount, keptIn: await findUsage(transaction, mediaId) }
}

/** Every transaction locks a chapter before its videos. */
const lockChapters = (transaction: Database, mediaId: string) =>
  transaction.execute(
    sql`SELECT id FROM chapters
      WHERE id IN (
        SELECT chapter_id FROM linked_videos WHERE media_id = ${mediaId} AND removed_at IS NULL)
      ORDER BY id
      FOR NO KEY UPDATE`,
  )

/**
 * Raises the version, so that a change based on the old row is rejected. The fingerprint stays, so
 * that a late duplicate of the link is still recognized.
 * @returns the ids of the relinked videos
 */
async function relinkVideos(transaction: Database, { mediaId, into }: Merge): Promise<string[]> {
  const relinked = await queryRows<{ id: string }>(
    transaction,
    sql`UPDATE linked_videos SET media_id = ${into}, version = version + 1
      WHERE media_id = ${mediaId} AND removed_at IS NULL AND NOT EXISTS (
        SELECT FROM linked_videos AS other
        WHERE other.chapter_id = linked_videos.chapter_id AND other.media_id = ${into}
          AND other.removed_at IS NULL)
      RETURNING id`,
  )
  return relinked.map(({ id }) => id)
}

/** Copies the captions in languages for which the other asset has none. */
const copyCaptions = (transaction: Database, { mediaId, into }: Merge) =>
  transaction.execute(
    sql`INSERT INTO media_captions (media_id, language, text, cue_count)
      SELECT ${into}::uuid, language, text, cue_count FROM media_captions
      WHERE media_id = ${mediaId}
      ON CONFLICT DO NOTHING`,
  )
