import { eq, sql } from 'drizzle-orm'
import { comparePlaces } from '#shared/compare-places.ts'
import { type Database, queryRows } from '../../db/database.ts'
import { type OrderedPlace, type Place, rekeyForMove } from '../../db/order-keys.ts'
import { chapters, courses } from '../../db/schema.ts'
import { storeKeys } from '../../db/store-keys.ts'

/**
 * Locks a chapter's course until the transaction ends, which serializes changes to its order. Take
 * this lock before the chapter's own.
 */
export async function lockCourse(transaction: Database, chapterId: string): Promise<void> {
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

/** A chapter's final position, and the ids of the neighbours that had to move for it. */
export type Room = { position: string; rekeyed: readonly string[] }

/**
 * Makes room for a chapter: re-keys its neighbours where the requested position leaves none.
 * @param after the chapter to place it directly after: `null` for the first place, `undefined` to
 *   go by its position alone
 * @returns its final position, and the ids of the neighbours, except removed ones, with new ones
 */
export async function makeRoom(
  transaction: Database,
  courseId: string,
  place: Place,
  after: string | null | undefined,
): Promise<Room> {
  const others = await readOrder(transaction, courseId, place.id)
  const keys = new Map(rekeyForMove(others, place, after))
  const ownKey = keys.get(place.id)
  keys.delete(place.id)
  const rekeyed = await storeKeys(transaction, chapters, keys)
  return { position: ownKey ?? place.position, rekeyed }
}

/** Reads the places of a course's other chapters in order, including removed ones. */
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
  return places.sort(comparePlaces)
}
