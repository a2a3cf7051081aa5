import { DrizzleQueryError, type SQL, sql, TransactionRollbackError } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { errorCode } from '#shared/error-message.ts'
import type * as schema from './schema.ts'

/** Drizzle over PGlite or over Postgres; callers can't tell which. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>

/** Calls back when any server may have logged changes, until unsubscribed. */
export type Notifier = { subscribe: (wake: () => void) => () => void }

/** Sends a payload of up to 8,000 bytes to all servers of the database, including this one. */
export type Broadcast = {
  send: (payload: string) => Promise<void>
  subscribe: (onPayload: (payload: string) => void) => () => void
}

/** An open database, its notifications, and how to close it. */
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

/** Runs a task in a transaction and rolls it back. */
export async function runAndRollBack(
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
 * Updates the planner's statistics. Without them a batch of links scans the whole library, and the
 * embedded database has no autovacuum to update them.
 */
export async function gatherStatistics(database: Database): Promise<void> {
  await database.execute(sql`ANALYZE`)
}

/**
 * Reclaims dead rows, which the embedded database does not do on its own, and updates the
 * statistics.
 */
export async function vacuum(database: Database): Promise<void> {
  await database.execute(sql`VACUUM (ANALYZE)`)
}

const uniqueViolation = '23505'

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === uniqueViolation

/**
 * Whether a statement failed because of its data: a value that does not fit (class 22) or a
 * violated constraint (class 23). Any other failure would happen with other data, too.
 */
export const isDataError = (error: unknown): boolean => /^2[23]/.test(sqlState(error) ?? '')

/**
 * Whether a statement failed because of the database's files: a full disk (class 53), a failed
 * system call (class 58) or damaged contents (class XX).
 */
export const isStorageError = (error: unknown): boolean => /^(53|58|XX)/.test(sqlState(error) ?? '')

// An SQLSTATE is five letters or digits; the codes of a lost connection look different.
function sqlState(error: unknown): string | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  const code = errorCode(cause)
  return /^[0-9A-Z]{5}$/.test(code) ? code : undefined
}
