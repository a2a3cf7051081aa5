import { sql } from 'drizzle-orm'
import { type Database, queryRows } from './database.ts'

/** A task that Postgres runs in the background and the embedded database, one process, doesn't. */
export type Chore = {
  name: string
  /** Whether it must run without waiting for a quiet moment. */
  isUrgent: boolean
  run: () => Promise<unknown>
}

const megabyte = 1024 * 1024
const log = { due: 16 * megabyte, urgent: 128 * megabyte }
const deadRows = { due: 1000, urgent: 20_000 }

/**
 * Lists the chores that the embedded database's files need: a checkpoint, which lets the database
 * reuse the earlier write-ahead log, and vacuums of tables, which let it reuse the space of dead
 * rows.
 */
export async function listChores(database: Database): Promise<Chore[]> {
  const logSize = await readLogSize(database)
  const checkpoint = {
    name: 'checkpoint',
    isUrgent: logSize >= log.urgent,
    run: () => database.execute(sql`CHECKPOINT`),
  }
  const tables = await listDeadRows(database)
  return [
    ...tables.map(({ table, dead }) => ({
      name: `vacuum ${table}`,
      isUrgent: dead >= deadRows.urgent,
      run: () => database.execute(sql`VACUUM (ANALYZE) ${sql.identifier(table)}`),
    })),
    ...(logSize >= log.due ? [checkpoint] : []),
  ]
}

/** The bytes of the write-ahead log since the last checkpoint. */
async function readLogSize(database: Database): Promise<number> {
  const [row] = await queryRows<{ size: number }>(
    database,
    sql`SELECT (pg_current_wal_insert_lsn() - redo_lsn)::float8 AS size FROM pg_control_checkpoint()`,
  )
  return row?.size ?? 0
}

/** Tables with a dead row per ten live ones; with fewer, a vacuum costs more than it gains. */
const listDeadRows = (database: Database) =>
  queryRows<{ table: string; dead: number }>(
    database,
    sql`SELECT relname AS table, n_dead_tup::float8 AS dead FROM pg_stat_user_tables
      WHERE n_dead_tup >= ${deadRows.due} AND n_dead_tup * 10 >= n_live_tup`,
  )
