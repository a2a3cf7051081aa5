import { and, eq, isNull, sql } from 'drizzle-orm'
import type { MediaAsset } from '#contract/media.ts'
import type { Database } from '../../db/database.ts'
import { mediaAssets } from '../../db/schema.ts'

export type AssetRow = typeof mediaAssets.$inferSelect

/** An asset's videos that are not removed, joined with their chapters and courses. */
export const shownVideos = sql`linked_videos
  JOIN chapters ON chapters.id = linked_videos.chapter_id AND chapters.removed_at IS NULL
  JOIN courses ON courses.id = chapters.course_id AND courses.removed_at IS NULL
  WHERE linked_videos.media_id = media_assets.id AND linked_videos.removed_at IS NULL`

/** The number of chapters that use an asset. */
export const usageCount = sql<number>`(SELECT count(*)::int FROM ${shownVideos})`

export const isAsset = (workspaceId: string, mediaId: string) =>
  and(eq(mediaAssets.workspaceId, workspaceId), eq(mediaAssets.id, mediaId))

/** Whether an asset is listed in the library, rather than in its trash. */
export const isInLibrary = (workspaceId: string) =>
  and(eq(mediaAssets.workspaceId, workspaceId), isNull(mediaAssets.removedAt))

export const toAsset = (row: AssetRow, usageCount: number): MediaAsset => ({
  id: row.id,
  filename: row.filename,
  sizeBytes: row.sizeBytes,
  durationSeconds: row.durationSeconds,
  width: row.width,
  height: row.height,
  codec: row.codec,
  mimeType: row.mimeType,
  status: row.status,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  usageCount,
  tags: row.tags,
})

/** The columns that describe an asset's file and its content. */
export const pickFile = ({
  file,
  thumbnail,
  sizeBytes,
  durationSeconds,
  width,
  height,
  codec,
  audioCodec,
  rotation,
  mimeType,
  contentHash,
}: AssetRow) => ({
  file,
  thumbnail,
  sizeBytes,
  durationSeconds,
  width,
  height,
  codec,
  audioCodec,
  rotation,
  mimeType,
  contentHash,
})

export async function lockAsset(transaction: Database, workspaceId: string, mediaId: string) {
  const [row] = await transaction
    .select()
    .from(mediaAssets)
    .where(isAsset(workspaceId, mediaId))
    .for('no key update')
  return row
}

/** Locks two assets in the order of their ids, so that two requests can't deadlock. */
export async function lockAssets(
  transaction: Database,
  workspaceId: string,
  firstId: string,
  secondId: string,
) {
  const rows = new Map<string, AssetRow | undefined>()
  for (const id of [firstId, secondId].sort()) {
    rows.set(id, await lockAsset(transaction, workspaceId, id))
  }
  return [rows.get(firstId), rows.get(secondId)] as const
}

/** Changes an asset and increments its version. */
export async function updateAsset(
  transaction: Database,
  row: AssetRow,
  changes: Partial<AssetRow>,
): Promise<AssetRow> {
  const changed = { ...changes, version: row.version + 1 }
  await transaction.update(mediaAssets).set(changed).where(eq(mediaAssets.id, row.id))
  return { ...row, ...changed }
}
