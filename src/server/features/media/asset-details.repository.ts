import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { MediaDetails } from '#contract/media-details.ts'
import type { Database } from '../../db/database.ts'
import { chapters, courses, linkedVideos, mediaAssets } from '../../db/schema.ts'
import { type AssetRow, isInLibrary, toAsset } from './asset-rows.repository.ts'
import { listCaptions } from './captions.repository.ts'

/** Reads an asset's details: its file, where it is used, and others with the same content. */
export async function readDetails(database: Database, asset: AssetRow): Promise<MediaDetails> {
  const { audioCodec, rotation, contentHash, thumbnail } = asset
  const [usage, duplicates, captions] = await Promise.all([
    findUsage(database, asset.id),
    findDuplicates(database, asset),
    listCaptions(database, asset.id),
  ])
  return {
    // A chapter uses an asset at most once.
    ...toAsset(asset, usage.length),
    audioCodec,
    rotation,
    contentHash,
    hasThumbnail: thumbnail !== null,
    usage,
    duplicates,
    captions,
  }
}

/** The chapters that use an asset, with their courses. */
export const findUsage = (database: Database, mediaId: string) =>
  database
    .select({
      courseId: courses.id,
      courseTitle: courses.title,
      chapterId: chapters.id,
      chapterTitle: chapters.title,
    })
    .from(linkedVideos)
    .innerJoin(chapters, and(eq(chapters.id, linkedVideos.chapterId), isNull(chapters.removedAt)))
    .innerJoin(courses, and(eq(courses.id, chapters.courseId), isNull(courses.removedAt)))
    .where(and(eq(linkedVideos.mediaId, mediaId), isNull(linkedVideos.removedAt)))
    .orderBy(asc(courses.createdAt), asc(chapters.position), asc(chapters.id))

/** The other assets with the same content, the oldest first. */
async function findDuplicates(
  database: Database,
  { id, workspaceId, contentHash, createdAt }: AssetRow,
) {
  if (contentHash === null) return []
  return database
    .select({
      id: mediaAssets.id,
      filename: mediaAssets.filename,
      isOlder: sql<boolean>`(${mediaAssets.createdAt}, ${mediaAssets.id})
        < (${createdAt.toISOString()}::timestamptz, ${id}::uuid)`,
    })
    .from(mediaAssets)
    .where(
      and(
        isInLibrary(workspaceId),
        eq(mediaAssets.contentHash, contentHash),
        ne(mediaAssets.id, id),
      ),
    )
    .orderBy(asc(mediaAssets.createdAt), asc(mediaAssets.id))
}
