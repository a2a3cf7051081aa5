import { sql } from 'drizzle-orm'
import { searchKey } from '#shared/search-key.ts'
import { keyVersion, sortKey } from '#shared/sort-key.ts'
import { type Database, queryRows } from './database.ts'

const batchSize = 1000

type StaleAsset = { id: string; filename: string }

/**
 * Recomputes the search and sort keys that older rules have made. Each batch is a statement of its
 * own, and a row that is renamed meanwhile is left for the next batch, so that several servers can
 * do this concurrently.
 */
export async function refreshKeys(database: Database): Promise<void> {
  let stale = await findStale(database)
  while (stale.length > 0) {
    await storeKeys(database, stale)
    stale = await findStale(database)
  }
}

const findStale = (database: Database) =>
  queryRows<StaleAsset>(
    database,
    sql`SELECT id, filename FROM media_assets WHERE key_version < ${keyVersion} LIMIT ${batchSize}`,
  )

async function storeKeys(database: Database, assets: readonly StaleAsset[]): Promise<void> {
  const keys = assets.map(({ id, filename }) => ({
    id,
    filename,
    sort: sortKey(filename),
    search: searchKey(filename),
  }))
  await database.execute(
    sql`UPDATE media_assets
      SET sort_key = keys.sort, search_key = keys.search, key_version = ${keyVersion}
      FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb)
        AS keys(id uuid, filename text, sort text, search text)
      WHERE media_assets.id = keys.id AND media_assets.filename = keys.filename`,
  )
}
