import { and, asc, count, desc, eq, isNull, like, ne, not, type SQL, sql } from 'drizzle-orm'
import type { MediaAsset, MediaSort, MediaUse } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { searchKey } from '#shared/search-key.ts'
import { searchWords } from '#shared/search-match.ts'
import { keyVersion, sortKey } from '#shared/sort-key.ts'
import type { Database } from '../../db/database.ts'
import { chapters, courses, linkedVideos, mediaAssets } from '../../db/schema.ts'
import { isOtherVersion, type RemovalRequest } from '../../db/versions.ts'
import { listCaptions } from './captions.repository.ts'

/**
 * Where a page ended: what its last asset is sorted by, and its id. A name stands for its sort key,
 * which may be 18 times as long.
 */
export type MediaCursor = { value: string | number; id: string }

type Query = {
  search: string
  sort: MediaSort
  use: MediaUse
  notInChapter?: string | undefined
  notInCourse?: string | undefined
  inCourse?: string | undefined
  captions?: 'any' | 'none' | undefined
  after: MediaCursor | undefined
  limit: number
}

/** What became of a request for an asset. `found` and `mismatched` carry it as it is now. */
export type MediaResult =
  | { outcome: 'found' | 'mismatched'; asset: MediaAsset }
  | { outcome: 'removed' | 'missing' | 'version-required' }

/** What became of a replacement: in place of `found`, or why the other asset can't be used. */
export type ReplacementResult = MediaResult | { outcome: 'other-missing' | 'other-in-use' }

const orders = {
  name: { column: mediaAssets.sortKey, direction: asc, cast: sql`text COLLATE "C"` },
  newest: { column: mediaAssets.createdAt, direction: desc, cast: sql`timestamptz` },
  shortest: { column: mediaAssets.durationSeconds, direction: asc, cast: sql`double precision` },
  longest: { column: mediaAssets.durationSeconds, direction: desc, cast: sql`double precision` },
  largest: { column: mediaAssets.sizeBytes, direction: desc, cast: sql`bigint` },
} as const

/** The videos of an asset that are shown, with their chapters and courses. */
const shownVideos = sql`linked_videos
  JOIN chapters ON chapters.id = linked_videos.chapter_id AND chapters.removed_at IS NULL
  JOIN courses ON courses.id = chapters.course_id AND courses.removed_at IS NULL
  WHERE linked_videos.media_id = media_assets.id AND linked_videos.removed_at IS NULL`

const usageCount = sql<number>`(SELECT count(*)::int FROM ${shownVideos})`

const uses: Record<MediaUse, SQL | undefined> = {
  any: undefined,
  used: sql`EXISTS (SELECT 1 FROM ${shownVideos})`,
  unused: sql`NOT EXISTS (SELECT 1 FROM ${shownVideos})`,
}

const isIn = (place: SQL) => sql`EXISTS (SELECT 1 FROM ${shownVideos} AND ${place})`

const hasNoCaptions = sql`NOT EXISTS (SELECT 1 FROM media_captions WHERE media_id = media_assets.id)`

export function mediaRepository(database: Database) {
  return {
    /** A page of the library, where it ends if more follows, and how many assets match in all. */
    async list(workspaceId: string, query: Query) {
      const { search, sort, use, notInChapter, notInCourse, inCourse, captions } = query
      const { after, limit } = query
      const { column, direction } = orders[sort]
      const matches = and(
        eq(mediaAssets.workspaceId, workspaceId),
        isNull(mediaAssets.removedAt),
        uses[use],
        notInChapter ? not(isIn(sql`chapters.id = ${notInChapter}`)) : undefined,
        notInCourse ? not(isIn(sql`courses.id = ${notInCourse}`)) : undefined,
        inCourse ? isIn(sql`courses.id = ${inCourse}`) : undefined,
        captions === 'none' ? hasNoCaptions : undefined,
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
      const asset = await this.find(workspaceId, mediaId)
      if (!asset || asset.removedAt) return undefined
      const { audioCodec, rotation, contentHash, thumbnail } = asset
      const [usage, duplicates, captions] = await Promise.all([
        findUsage(database, mediaId),
        findDuplicates(database, asset),
        listCaptions(database, mediaId),
      ])
      return {
        // A chapter has an asset once.
        ...toAsset(asset, usage.length),
        ...{ audioCodec, rotation, contentHash, hasThumbnail: thumbnail !== null },
        usage,
        duplicates,
        captions,
      }
    },

    /** Renames an asset; linked videos keep their own names. */
    rename: (
      workspaceId: string,
      mediaId: string,
      { filename, version }: { filename: string; version: number | undefined },
    ): Promise<MediaResult> =>
      database.transaction(async (transaction) => {
        const row = await lockAsset(transaction, workspaceId, mediaId)
        if (!row || row.removedAt) return { outcome: 'missing' }
        if (version === undefined) return { outcome: 'version-required' }
        if (version !== row.version) return readResult(transaction, row, 'mismatched')
        if (filename === row.filename) return readResult(transaction, row)
        const keys = { sortKey: sortKey(filename), searchKey: searchKey(filename), keyVersion }
        return readResult(transaction, await change(transaction, row, { filename, ...keys }))
      }),

    /**
     * Takes an asset out of the library; linked videos keep its file until the trash is emptied.
     */
    remove: (
      workspaceId: string,
      mediaId: string,
      { now, version }: RemovalRequest,
    ): Promise<MediaResult> =>
      database.transaction(async (transaction) => {
        const row = await lockAsset(transaction, workspaceId, mediaId)
        if (!row || row.removedAt) return { outcome: 'removed' }
        if (isOtherVersion(version, row)) return readResult(transaction, row, 'mismatched')
        await change(transaction, row, { removedAt: now })
        return { outcome: 'removed' }
      }),

    /** Brings a removed asset back into the library. */
    restore: (
      workspaceId: string,
      mediaId: string,
      version: number | undefined,
    ): Promise<MediaResult> =>
      database.transaction(async (transaction) => {
        const row = await lockAsset(transaction, workspaceId, mediaId)
        if (!row) return { outcome: 'missing' }
        if (!row.removedAt) return readResult(transaction, row)
        if (isOtherVersion(version, row)) return readResult(transaction, row, 'mismatched')
        return readResult(transaction, await change(transaction, row, { removedAt: null }))
      }),

    /**
     * Exchanges the files of two assets, and removes the other one: its links, its name and its id
     * stay an asset's own.
     * @param otherId an asset that no chapter has
     */
    replaceFile: (
      workspaceId: string,
      mediaId: string,
      otherId: string,
      { now, version }: RemovalRequest,
    ): Promise<ReplacementResult> =>
      database.transaction(async (transaction) => {
        const [row, other] = await lockTwo(transaction, workspaceId, mediaId, otherId)
        if (!row || row.removedAt) return { outcome: 'missing' }
        if (isOtherVersion(version, row)) return readResult(transaction, row, 'mismatched')
        if (!other || other.removedAt || other === row) return { outcome: 'other-missing' }
        if ((await findUsage(transaction, otherId)).length > 0) return { outcome: 'other-in-use' }
        await change(transaction, other, { ...pickFile(row), removedAt: now })
        return readResult(transaction, await change(transaction, row, pickFile(other)))
      }),

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

async function lockAsset(transaction: Database, workspaceId: string, mediaId: string) {
  const [row] = await transaction
    .select()
    .from(mediaAssets)
    .where(isAsset(workspaceId, mediaId))
    .for('no key update')
  return row
}

/** Locks two assets in the order of their ids, so that two requests never wait for each other. */
async function lockTwo(transaction: Database, workspaceId: string, one: string, other: string) {
  const rows = new Map<string, AssetRow | undefined>()
  for (const id of [one, other].sort()) {
    rows.set(id, await lockAsset(transaction, workspaceId, id))
  }
  return [rows.get(one), rows.get(other)] as const
}

async function change(
  transaction: Database,
  row: AssetRow,
  changes: Partial<AssetRow>,
): Promise<AssetRow> {
  const changed = { ...changes, version: row.version + 1 }
  await transaction.update(mediaAssets).set(changed).where(eq(mediaAssets.id, row.id))
  return { ...row, ...changed }
}

async function readResult(
  transaction: Database,
  row: AssetRow,
  outcome: 'found' | 'mismatched' = 'found',
): Promise<MediaResult> {
  const [counted] = await transaction
    .select({ usageCount })
    .from(mediaAssets)
    .where(eq(mediaAssets.id, row.id))
  return { outcome, asset: toAsset(row, counted?.usageCount ?? 0) }
}

const findUsage = (database: Database, mediaId: string) =>
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
async function findDuplicates(database: Database, { id, workspaceId, contentHash }: AssetRow) {
  if (contentHash === null) return []
  return database
    .select({ id: mediaAssets.id, filename: mediaAssets.filename })
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.workspaceId, workspaceId),
        eq(mediaAssets.contentHash, contentHash),
        isNull(mediaAssets.removedAt),
        ne(mediaAssets.id, id),
      ),
    )
    .orderBy(asc(mediaAssets.createdAt), asc(mediaAssets.id))
}

/** What an asset's file is, and what was found in it. */
const pickFile = ({
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
  ...{ file, thumbnail, sizeBytes, durationSeconds, width, height },
  ...{ codec, audioCodec, rotation, mimeType, contentHash },
})

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
  version: row.version,
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
  if (sort === 'largest') return asset.sizeBytes
  return sort === 'newest' ? asset.createdAt.toISOString() : asset.durationSeconds
}
