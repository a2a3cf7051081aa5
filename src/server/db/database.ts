import { DrizzleQueryError, type SQL, sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema.ts'

/** Drizzle over PGlite or over Postgres: what asks it can't tell which. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** A database, and how to end it. */
export type OpenDatabase = { database: Database; close: () => Promise<void> }

/** Runs a statement of our own and gives its rows, which the two drivers wrap differently. */
export async function queryRows<Row>(database: Database, statement: SQL): Promise<Row[]> {
  const result: unknown = await database.execute(statement)
  // The statement decides what a row holds; the driver can't know.
  return (Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows) as Row[]
}

/**
 * Counts what the tables hold, for the planner: a batch of links else reads the whole library, and the
 * embedded database has no autovacuum to do it.
 */
export async function gatherStatistics(database: Database): Promise<void> {
  await database.execute(sql`ANALYZE`)
}

/** Clears away the rows that were removed or undone, which the embedded database does not do by itself; and gathers statistics. */
export async function clearDeadRows(database: Database): Promise<void> {
  await database.execute(sql`VACUUM (ANALYZE)`)
}

const uniqueViolation = '23505'

export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof DrizzleQueryError &&
  error.cause !== undefined &&
  'code' in error.cause &&
  error.cause.code === uniqueViolation
