import { and, asc, count, desc, eq, like, type SQL, sql } from 'drizzle-orm'
import type { MediaAsset, MediaSort } from '#contract/media.ts'
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
      const [asset] = await database
        .select()
        .from(mediaAssets)
        .where(and(eq(mediaAssets.workspaceId, workspaceId), eq(mediaAssets.id, mediaId)))
      return asset
    },
  }
}

type AssetRow = typeof mediaAssets.$inferSelect

const toAsset = (
  { workspaceId, sortKey, searchKey, keyVersion, file, thumbnail, createdAt, ...shown }: AssetRow,
  usageCount: number,
): MediaAsset => ({ ...shown, createdAt: createdAt.toISOString(), usageCount })

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
