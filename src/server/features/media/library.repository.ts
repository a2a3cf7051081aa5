import { and, arrayContains, asc, count, desc, like, not, type SQL, sql } from 'drizzle-orm'
import type { MediaAsset, MediaSort, MediaUse } from '#contract/media.ts'
import { searchWords } from '#shared/search-match.ts'
import { sortKey } from '#shared/sort-key.ts'
import type { Database } from '../../db/database.ts'
import { mediaAssets } from '../../db/schema.ts'
import {
  type AssetRow,
  isInLibrary,
  shownVideos,
  toAsset,
  usageCount,
} from './asset-rows.repository.ts'

/**
 * Where a page ended: the value its last asset is sorted by, and its id. A name is used instead of
 * its sort key, which may be 18 times as long.
 */
export type MediaCursor = { value: string | number; id: string }

export type LibraryQuery = {
  search: string
  sort: MediaSort
  use: MediaUse
  notInChapter?: string | undefined
  notInCourse?: string | undefined
  inCourse?: string | undefined
  captions?: 'any' | 'none' | undefined
  tag?: string | undefined
  after: MediaCursor | undefined
  limit: number
}

/** Reads a page of the library, its end if more follow, and the total number of matches. */
export async function listLibrary(database: Database, workspaceId: string, query: LibraryQuery) {
  const { search, sort, use, notInChapter, notInCourse, inCourse, captions, tag } = query
  const { after, limit } = query
  const { column, direction } = orders[sort]
  const matches = and(
    isInLibrary(workspaceId),
    uses[use],
    notInChapter ? not(isUsedIn(sql`chapters.id = ${notInChapter}`)) : undefined,
    notInCourse ? not(isUsedIn(sql`courses.id = ${notInCourse}`)) : undefined,
    inCourse ? isUsedIn(sql`courses.id = ${inCourse}`) : undefined,
    captions === 'none' ? hasNoCaptions : undefined,
    tag === undefined ? undefined : arrayContains(mediaAssets.tags, [tag]),
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
    end: last && { value: getSortValue(sort, last), id: last.id },
    total: counted?.total ?? 0,
  }
}

const orders = {
  name: { column: mediaAssets.sortKey, direction: asc, cast: sql`text COLLATE "C"` },
  newest: { column: mediaAssets.createdAt, direction: desc, cast: sql`timestamptz` },
  shortest: { column: mediaAssets.durationSeconds, direction: asc, cast: sql`double precision` },
  longest: { column: mediaAssets.durationSeconds, direction: desc, cast: sql`double precision` },
  largest: { column: mediaAssets.sizeBytes, direction: desc, cast: sql`bigint` },
} as const

const uses: Record<MediaUse, SQL | undefined> = {
  any: undefined,
  used: sql`EXISTS (SELECT 1 FROM ${shownVideos})`,
  unused: sql`NOT EXISTS (SELECT 1 FROM ${shownVideos})`,
}

const isUsedIn = (place: SQL) => sql`EXISTS (SELECT 1 FROM ${shownVideos} AND ${place})`

const hasNoCaptions = sql`NOT EXISTS (SELECT 1 FROM media_captions WHERE media_id = media_assets.id)`

const contains = (word: string) =>
  like(mediaAssets.searchKey, `%${word.replace(/[\\%_]/g, '\\$&')}%`)

function isAfter(sort: MediaSort, { value, id }: MediaCursor): SQL {
  const { column, direction, cast } = orders[sort]
  const operator = direction === asc ? sql`>` : sql`<`
  const end = sort === 'name' ? sortKey(String(value)) : value
  return sql`(${column}, ${mediaAssets.id}) ${operator} (${end}::${cast}, ${id}::uuid)`
}

function getSortValue(sort: MediaSort, asset: AssetRow): string | number {
  if (sort === 'name') return asset.filename
  if (sort === 'largest') return asset.sizeBytes
  return sort === 'newest' ? asset.createdAt.toISOString() : asset.durationSeconds
}
