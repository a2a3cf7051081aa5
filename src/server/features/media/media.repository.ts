import { and, eq, isNull } from 'drizzle-orm'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaDetails } from '#contract/media-details.ts'
import { searchKey } from '#shared/search-key.ts'
import { keyVersion, sortKey } from '#shared/sort-key.ts'
import { appendVideoChanges, mapToKind } from '../../db/change-log.ts'
import type { Database } from '../../db/database.ts'
import { linkedVideos, mediaAssets } from '../../db/schema.ts'
import { conflictsWithVersion, type RemovalRequest } from '../../db/versions.ts'
import { findUsage, readDetails } from './asset-details.repository.ts'
import {
  type AssetRow,
  isAsset,
  lockAsset,
  lockAssets,
  pickFile,
  toAsset,
  updateAsset,
  usageCount,
} from './asset-rows.repository.ts'
import { type LibraryQuery, listLibrary } from './library.repository.ts'

/** The result of a request for an asset. `found` and `mismatched` carry its current state. */
export type MediaResult =
  | { outcome: 'found' | 'mismatched'; asset: MediaAsset }
  | { outcome: 'removed' | 'missing' | 'version-required' }

/** The result of replacing a file, which may be the reason why the other asset can't be used. */
export type ReplacementResult = MediaResult | { outcome: 'other-missing' | 'other-in-use' }

export function mediaRepository(database: Database) {
  return {
    /** Reads a page of the library, its end if more follow, and the total number of matches. */
    list: (workspaceId: string, query: LibraryQuery) => listLibrary(database, workspaceId, query),

    async find(workspaceId: string, mediaId: string) {
      const [asset] = await database.select().from(mediaAssets).where(isAsset(workspaceId, mediaId))
      return asset
    },

    async findDetails(workspaceId: string, mediaId: string): Promise<MediaDetails | undefined> {
      const asset = await this.find(workspaceId, mediaId)
      return asset && !asset.removedAt ? readDetails(database, asset) : undefined
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
        return readResult(transaction, await updateAsset(transaction, row, { filename, ...keys }))
      }),

    /**
     * Removes an asset from the library; linked videos keep its file until the trash is emptied.
     */
    remove: (
      workspaceId: string,
      mediaId: string,
      { now, version }: RemovalRequest,
    ): Promise<MediaResult> =>
      database.transaction(async (transaction) => {
        const row = await lockAsset(transaction, workspaceId, mediaId)
        if (!row || row.removedAt) return { outcome: 'removed' }
        if (conflictsWithVersion(version, row)) return readResult(transaction, row, 'mismatched')
        await updateAsset(transaction, row, { removedAt: now })
        return { outcome: 'removed' }
      }),

    /** Restores a removed asset. */
    restore: (
      workspaceId: string,
      mediaId: string,
      version: number | undefined,
    ): Promise<MediaResult> =>
      database.transaction(async (transaction) => {
        const row = await lockAsset(transaction, workspaceId, mediaId)
        if (!row) return { outcome: 'missing' }
        if (!row.removedAt) return readResult(transaction, row)
        if (conflictsWithVersion(version, row)) return readResult(transaction, row, 'mismatched')
        return readResult(transaction, await updateAsset(transaction, row, { removedAt: null }))
      }),

    /**
     * Swaps the files of two assets and removes the other asset. Each asset keeps its id, its name
     * and its links.
     * @param otherId an asset that no chapter uses
     */
    replaceFile: (
      workspaceId: string,
      mediaId: string,
      otherId: string,
      { now, version, page }: RemovalRequest,
    ): Promise<ReplacementResult> =>
      database.transaction(async (transaction) => {
        const [row, other] = await lockAssets(transaction, workspaceId, mediaId, otherId)
        if (!row || row.removedAt) return { outcome: 'missing' }
        if (conflictsWithVersion(version, row)) return readResult(transaction, row, 'mismatched')
        if (!other || other.removedAt || other === row) return { outcome: 'other-missing' }
        if ((await findUsage(transaction, otherId)).length > 0) return { outcome: 'other-in-use' }
        await updateAsset(transaction, other, { ...pickFile(row), removedAt: now })
        const replaced = await updateAsset(transaction, row, pickFile(other))
        // Their rows include the asset's duration.
        const shown = await listShown(transaction, mediaId)
        await appendVideoChanges(transaction, { workspaceId, page }, mapToKind(shown, 'changed'))
        return readResult(transaction, replaced)
      }),

    /** Sets an asset's thumbnail; resolves with the one that it replaced, if any. */
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

/** The ids of the videos that are linked to an asset. */
async function listShown(transaction: Database, mediaId: string): Promise<string[]> {
  const rows = await transaction
    .select({ id: linkedVideos.id })
    .from(linkedVideos)
    .where(and(eq(linkedVideos.mediaId, mediaId), isNull(linkedVideos.removedAt)))
  return rows.map(({ id }) => id)
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
