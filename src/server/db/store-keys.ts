import { type SQL, sql } from 'drizzle-orm'
import { type Database, queryRows } from './database.ts'
import type { NewKeys } from './order-keys.ts'
import type { chapters, linkedVideos } from './schema.ts'

/**
 * Stores new positions of rows.
 * @param where restricts the rows to update; by default, all are updated
 * @returns the ids of the updated rows that are not removed
 */
export async function storeKeys(
  transaction: Database,
  table: typeof chapters | typeof linkedVideos,
  keys: NewKeys,
  where: SQL = sql`true`,
): Promise<string[]> {
  if (keys.size === 0) return []
  const rows = [...keys].map(([id, position]) => ({ id, position }))
  const stored = await queryRows<{ id: string; isRemoved: boolean }>(
    transaction,
    sql`UPDATE ${table} SET position = rekeyed.position, version = ${table}.version + 1
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS rekeyed(id uuid, position text)
      WHERE ${table}.id = rekeyed.id AND ${where}
      RETURNING ${table}.id, ${table}.removed_at IS NOT NULL AS "isRemoved"`,
  )
  return stored.filter(({ isRemoved }) => !isRemoved).map(({ id }) => id)
}
