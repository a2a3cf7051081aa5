import { type SQL, sql } from 'drizzle-orm'
import type { Change } from '#contract/changes.ts'
import type { Course } from '#contract/courses.ts'
import { type Database, queryRows } from './database.ts'
import { videoColumns } from './video-columns.ts'

type Kind = Change['kind']

/** Who made a change: `page` is the page's id, if its request sent one. */
export type Author = { workspaceId: string; page: string | undefined }

/** The channel that is notified when a transaction with a change commits. */
export const changeChannel = 'change_log'

// An arbitrary number that all servers share.
const changeLogLock = 1_279_607_892

/**
 * Logs changes to videos, with their current rows.
 * @param kinds what happened to each video, by id, in the order to log
 */
export const appendVideoChanges = (
  transaction: Database,
  author: Author,
  kinds: ReadonlyMap<string, Kind>,
): Promise<void> =>
  logRows(
    transaction,
    author,
    'video',
    kinds,
    sql`SELECT chapters.course_id, made.id, made.kind, linked_videos.version, made.ordinal,
        CASE WHEN linked_videos.removed_at IS NULL THEN to_jsonb(shown) END AS row
      FROM ${madeChanges(kinds)}
      JOIN linked_videos ON linked_videos.id = made.id
      JOIN media_assets ON media_assets.id = linked_videos.media_id
      JOIN chapters ON chapters.id = linked_videos.chapter_id
      CROSS JOIN LATERAL (SELECT ${videoColumns(sql`linked_videos`)}) AS shown`,
  )

/** Logs changes to chapters, with their current rows. */
export const appendChapterChanges = (
  transaction: Database,
  author: Author,
  kinds: ReadonlyMap<string, Kind>,
): Promise<void> =>
  logRows(
    transaction,
    author,
    'chapter',
    kinds,
    sql`SELECT chapters.course_id, made.id, made.kind, chapters.version, made.ordinal,
        CASE WHEN chapters.removed_at IS NULL THEN to_jsonb(shown) END AS row
      FROM ${madeChanges(kinds)}
      JOIN chapters ON chapters.id = made.id
      CROSS JOIN LATERAL (SELECT chapters.id, chapters.course_id AS "courseId", chapters.title,
        chapters.position, chapters.version) AS shown`,
  )

/** Logs a change to a course; a removed course has no row. */
export const appendCourseChange = (
  transaction: Database,
  author: Author,
  kind: Kind,
  { id, version }: Pick<Course, 'id' | 'version'>,
  row: Course | null,
): Promise<void> =>
  logRows(
    transaction,
    author,
    'course',
    new Map([[id, kind]]),
    sql`SELECT ${id}::uuid AS course_id, ${id}::uuid AS id, ${kind}::text AS kind,
      ${version}::integer AS version, 0 AS ordinal, ${row && JSON.stringify(row)}::jsonb AS row`,
  )

/**
 * Logs changes in the transaction that makes them. This must be the transaction's last statement
 * that takes a lock.
 *
 * A reader continues after the highest number it has read, and would never see a lower one that is
 * committed later. So a transaction takes a lock before it draws its numbers, and holds it until
 * its rows are visible: numbers are committed in order. As the last lock of every transaction, it
 * can't be part of a deadlock and is held only while the transaction commits. The notification
 * would serialize the commits anyway.
 */
async function logRows(
  transaction: Database,
  { workspaceId, page }: Author,
  entity: Change['entity'],
  kinds: ReadonlyMap<string, Kind>,
  rows: SQL,
): Promise<void> {
  if (kinds.size === 0) return
  await transaction.execute(
    sql`WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(${changeLogLock})),
      logged AS (
        INSERT INTO change_log
          (workspace_id, course_id, entity, entity_id, kind, version, row, changed_by)
        SELECT ${workspaceId}, changed.course_id, ${entity}, changed.id, changed.kind,
          changed.version, changed.row, ${page ?? null}::uuid
        FROM turn CROSS JOIN (${rows}) AS changed
        ORDER BY changed.ordinal)
      SELECT pg_notify(${changeChannel}, '')`,
  )
}

/** The kinds by id, as a table for a statement to join. */
const madeChanges = (kinds: ReadonlyMap<string, Kind>) => sql`
  jsonb_to_recordset(${JSON.stringify(
    [...kinds].map(([id, kind], ordinal) => ({ id, kind, ordinal })),
  )}::jsonb) AS made(id uuid, kind text, ordinal int)`

/** Maps every id to the same kind. */
export const mapToKind = (ids: readonly string[], kind: Kind): ReadonlyMap<string, Kind> =>
  new Map(ids.map((id) => [id, kind]))

/** Finds the newest change's number. Whatever is read afterwards includes at least that change. */
export async function findNewestChange(database: Database): Promise<number> {
  const [row] = await queryRows<{ newest: number }>(
    database,
    sql`SELECT coalesce(max(sequence), 0)::float8 AS newest FROM change_log`,
  )
  return row?.newest ?? 0
}
