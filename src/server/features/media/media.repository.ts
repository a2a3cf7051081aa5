import { and, asc, count, desc, eq, like, type SQL, sql } from 'drizzle-orm'
import type { MediaAsset, MediaSort } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { searchWords } from '#shared/search-match.ts'
import { sortKey } from '#shared/sort-key.ts'
import type { Database } from '../../db/database.ts'
import { mediaAssets } from '../../db/schema.ts'

/**
 * Where a page ended: what its last asset is sorted by, and its id. A name stands for its sort key,
 * which may be 18 times as long.
 */
export type MediaCursor = { value: string | number; id: string }

type Query = { search: string; sort: MediaSort; after: MediaCursor | undefined; limit: number }

const orders = {
  name: { column: mediaAssets.sortKey, direction: asc, cast: sql`text COLLATE "C"` },
  newest: { column: mediaAssets.createdAt, direction: desc, cast: sql`timestamptz` },
  shortest: { column: mediaAssets.durationSeconds, direction: asc, cast: sql`double precision` },
  longest: { column: mediaAssets.durationSeconds, direction: desc, cast: sql`double precision` },
} as const

const usageCount = sql<number>`(
  SELECT count(*)::int FROM linked_videos
  JOIN chapters ON chapters.id = linked_videos.chapter_id AND chapters.removed_at IS NULL
  JOIN courses ON courses.id = chapters.course_id AND courses.removed_at IS NULL
  WHERE linked_videos.media_id = media_assets.id AND linked_videos.removed_at IS NULL)`

export function mediaRepository(database: Database) {
  return {
    /** A page of the library, where it ends if more follows, and how many assets match in all. */
    async list(workspaceId: string, { search, sort, after, limit }: Query) {
      const { column, direction } = orders[sort]
      const matches = and(
        eq(mediaAssets.workspaceId, workspaceId),
        ...searchWords(search).map(contains),
      )
      const [rows, [counted]] = await Promise.all([
        database
          .select({ asset: mediaAssets, usageCount })
          .from(mediaAssets)
          .where(and(matches, after && isAfter(sort, after)))
          .orderBy(direction(column), direction(mediaAssets.id))
          .limit(limit + 1),
        database.select({ total: count() }).from(mediaAssets).where(matches),
      ])
      const page = rows.slice(0, limit)
      const last = rows.length > limit ? page.at(-1)?.asset : undefined
      return {
        media: page.map((row): MediaAsset => toAsset(row.asset, row.usageCount)),
        end: last && { value: sortedValue(sort, last), id: last.id },
        total: counted?.total ?? 0,
      }
    },

    async find(workspaceId: string, mediaId: string) {
      const [asset] = await database.select().from(mediaAssets).where(isAsset(workspaceId, mediaId))
      return asset
    },

    async findDetails(workspaceId: string, mediaId: string): Promise<MediaDetails | undefined> {
      const [row] = await database
        .select({ asset: mediaAssets, usageCount })
        .from(mediaAssets)
        .where(isAsset(workspaceId, mediaId))
      if (!row) return undefined
      const { audioCodec, rotation, contentHash, thumbnail } = row.asset
      const details = { audioCodec, rotation, contentHash, hasThumbnail: thumbnail !== null }
      return { ...toAsset(row.asset, row.usageCount), ...details }
    },

    /** Gives an asset another thumbnail, and tells which one that replaced, if any. */
    setThumbnail: (workspaceId: string, mediaId: string, thumbnail: string) =>
      database.transaction(async (transaction) => {
        const [row] = await transaction
          .select({ replaced: mediaAssets.thumbnail })
          .from(mediaAssets)
          .where(isAsset(workspaceId, mediaId))
          .for('no key update')
        await transaction
          .update(mediaAssets)
          .set({ thumbnail })
          .where(isAsset(workspaceId, mediaId))
        return row?.replaced
      }),
  }
}

const isAsset = (workspaceId: string, mediaId: string) =>
  and(eq(mediaAssets.workspaceId, workspaceId), eq(mediaAssets.id, mediaId))

type AssetRow = typeof mediaAssets.$inferSelect

const toAsset = (row: AssetRow, usageCount: number): MediaAsset => ({
  id: row.id,
  filename: row.filename,
  sizeBytes: row.sizeBytes,
  durationSeconds: row.durationSeconds,
  width: row.width,
  height: row.height,
  codec: row.codec,
  mimeType: row.mimeType,
  status: row.status,
  createdAt: row.createdAt.toISOString(),
  usageCount,
})

const contains = (word: string) =>
  like(mediaAssets.searchKey, `%${word.replace(/[\\%_]/g, '\\$&')}%`)

function isAfter(sort: MediaSort, { value, id }: MediaCursor): SQL {
  const { column, direction, cast } = orders[sort]
  const operator = direction === asc ? sql`>` : sql`<`
  const end = sort === 'name' ? sortKey(String(value)) : value
  return sql`(${column}, ${mediaAssets.id}) ${operator} (${end}::${cast}, ${id}::uuid)`
}

function sortedValue(sort: MediaSort, asset: AssetRow): string | number {
  if (sort === 'name') return asset.filename
  return sort === 'newest' ? asset.createdAt.toISOString() : asset.durationSeconds
}
