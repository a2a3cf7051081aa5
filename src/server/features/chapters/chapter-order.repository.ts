import { eq, sql } from 'drizzle-orm'
import { type Database, queryRows } from '../../db/database.ts'
import {
  compareOrder,
  type NewKeys,
  type OrderedPlace,
  type Place,
  rekeyForMove,
} from '../../db/order-keys.ts'
import { chapters, courses } from '../../db/schema.ts'

/**
 * Locks the course of a chapter until the transaction ends, which serializes changes of its order.
 * Take it before the chapter's own lock.
 */
export async function lockCourseOf(transaction: Database, chapterId: string): Promise<void> {
  const courseId = transaction
    .select({ id: chapters.courseId })
    .from(chapters)
    .where(eq(chapters.id, chapterId))
  await transaction
    .select({ id: courses.id })
    .from(courses)
    .where(eq(courses.id, courseId))
    .for('no key update')
}

/**
 * Makes room for a chapter: re-keys its neighbours where the requested position leaves none.
 * @param after the chapter to place it directly after: `null` for the first place, `undefined` to
 *   go by its position alone
 * @returns its final position
 */
export async function makeRoom(
  transaction: Database,
  courseId: string,
  place: Place,
  after: string | null | undefined,
): Promise<string> {
  const others = await readOrder(transaction, courseId, place.id)
  const keys = new Map(rekeyForMove(others, place, after))
  const ownKey = keys.get(place.id)
  keys.delete(place.id)
  await storeKeys(transaction, keys)
  return ownKey ?? place.position
}

/** Reads the places of a course's other chapters in order, removed ones too. */
async function readOrder(
  transaction: Database,
  courseId: string,
  exceptId: string,
): Promise<OrderedPlace[]> {
  const places = await queryRows<OrderedPlace>(
    transaction,
    sql`SELECT id, position, removed_at IS NOT NULL AS "isRemoved"
      FROM chapters WHERE course_id = ${courseId} AND id <> ${exceptId}`,
  )
  return places.sort(compareOrder)
}

async function storeKeys(transaction: Database, keys: NewKeys): Promise<void> {
  if (keys.size === 0) return
  const rows = [...keys].map(([id, position]) => ({ id, position }))
  await transaction.execute(
    sql`UPDATE chapters
      SET position = rekeyed.position, version = chapters.version + 1
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS rekeyed(id uuid, position text)
      WHERE chapters.id = rekeyed.id`,
  )
}
