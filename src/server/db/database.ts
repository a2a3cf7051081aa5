import { DrizzleQueryError, type SQL, sql, TransactionRollbackError } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { errorCode } from '#shared/error-message.ts'
import type * as schema from './schema.ts'

/** Drizzle over PGlite or over Postgres; callers can't tell which. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** Calls back when changes may have been logged, by any server, until it is told to stop. */
export type Notifier = { subscribe: (wake: () => void) => () => void }

/** Sends a text to all servers of the database, this one included; up to 8,000 bytes of it. */
export type Broadcast = {
  send: (text: string) => Promise<void>
  subscribe: (hear: (text: string) => void) => () => void
}

/** A database, who tells of its changes, and how to close it. */
export type OpenDatabase = {
  database: Database
  notifier: Notifier
  broadcast: Broadcast
  close: () => Promise<void>
}

/** Runs a hand-written statement and returns its rows, which the two drivers wrap differently. */
export async function queryRows<Row>(database: Database, statement: SQL): Promise<Row[]> {
  const result: unknown = await database.execute(statement)
  // The statement decides what a row holds; the driver can't know.
  return (Array.isArray(result) ? [...result] : (result as { rows: Row[] }).rows) as Row[]
}

/** Runs a task in a transaction, and takes back all that it did. */
export async function rehearse(
  database: Database,
  task: (transaction: Database) => Promise<unknown>,
): Promise<void> {
  try {
    await database.transaction(async (transaction) => {
      await task(transaction)
      transaction.rollback()
    })
  } catch (error) {
    if (!(error instanceof TransactionRollbackError)) throw error
  }
}

/**
 * Updates the planner's statistics: without them a batch of links reads the whole library, and the
 * embedded database has no autovacuum.
 */
export async function gatherStatistics(database: Database): Promise<void> {
  await database.execute(sql`ANALYZE`)
}

/**
 * Reclaims dead rows, which the embedded database does not do by itself, and updates the
 * statistics.
 */
export async function vacuum(database: Database): Promise<void> {
  await database.execute(sql`VACUUM (ANALYZE)`)
}

const uniqueViolation = '23505'

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === uniqueViolation

/**
 * Tells whether a statement failed for the data that it was given: a value that does not fit (class
 * 22) or a violated constraint (class 23). Whatever else failed would fail with other data, too.
 */
export const isDataError = (error: unknown): boolean => /^2[23]/.test(sqlState(error) ?? '')

/**
 * Tells whether a statement failed for the database's files: a full disk (class 53), a failed
 * system call (class 58) or damaged contents (class XX).
 */
export const isStorageError = (error: unknown): boolean => /^(53|58|XX)/.test(sqlState(error) ?? '')

// Five letters or digits; the codes of a lost connection look different.
function sqlState(error: unknown): string | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  const code = errorCode(cause)
  return /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}
