import { and, eq } from 'drizzle-orm'
import { searchKey } from '#shared/search-key.ts'
import { keyVersion, sortKey } from '#shared/sort-key.ts'
import type { Database } from '../../db/database.ts'
import { mediaAssets } from '../../db/schema.ts'
import type { VideoFacts } from '../../dependencies.ts'

/** What an upload is created with: the same content under the same id is the same upload. */
export type UploadContent = { filename: string; size: number }

type NewAsset = VideoFacts &
  UploadContent & { id: string; file: string; contentHash: string; createdAt: Date }

/** The content of an upload as a string to compare. */
export const uploadFingerprint = ({ filename, size }: UploadContent): string =>
  JSON.stringify([filename, size])

export function uploadsRepository(database: Database) {
  return {
    /** Finds the asset of a finished upload. */
    async findAsset(workspaceId: string, id: string) {
      const [asset] = await database
        .select({ size: mediaAssets.sizeBytes, fingerprint: mediaAssets.fingerprint })
        .from(mediaAssets)
        .where(and(eq(mediaAssets.workspaceId, workspaceId), eq(mediaAssets.id, id)))
      return asset
    },

    /** Adds the asset of an upload; adding it again has no effect. */
    async addAsset(workspaceId: string, { size, ...asset }: NewAsset): Promise<void> {
      const { filename } = asset
      await database
        .insert(mediaAssets)
        .values({
          ...asset,
          workspaceId,
          sizeBytes: size,
          sortKey: sortKey(filename),
          searchKey: searchKey(filename),
          keyVersion,
          fingerprint: uploadFingerprint({ filename, size }),
        })
        .onConflictDoNothing()
    },
  }
}
