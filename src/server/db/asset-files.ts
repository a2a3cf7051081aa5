import { inArray } from 'drizzle-orm'
import { chunks } from '#shared/groups.ts'
import type { Database } from './database.ts'
import { mediaAssets } from './schema.ts'

const idsPerStatement = 500
const leadingId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

/**
 * Finds which of the library's files belong to an asset, as its video or its thumbnail. Their names
 * begin with the asset's id.
 */
export async function findUsedFiles(
  database: Database,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = new Set(names.flatMap((name) => leadingId.exec(name)?.[0] ?? []))
  const used = new Set<string>()
  for (const batch of chunks([...ids], idsPerStatement)) {
    const rows = await database
      .select({ file: mediaAssets.file, thumbnail: mediaAssets.thumbnail })
      .from(mediaAssets)
      .where(inArray(mediaAssets.id, batch))
    for (const { file, thumbnail } of rows) used.add(file).add(thumbnail ?? file)
  }
  return used
}
