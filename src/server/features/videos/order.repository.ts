import { sql } from 'drizzle-orm'
import { comparePlaces } from '#shared/compare-places.ts'
import { type ChapterAbsence, findChapterProblem } from '../../db/chapter-state.ts'
import { type Database, queryRows } from '../../db/database.ts'
import { isLongKey, type NewKeys, type OrderedPlace, rekeyAll } from '../../db/order-keys.ts'
import { linkedVideos } from '../../db/schema.ts'
import { storeKeys } from '../../db/store-keys.ts'

/** The order of a chapter's videos. Locking the chapter serializes changes to it. */
export function orderRepository(transaction: Database) {
  /** Reads the places of a chapter's videos in order, including removed ones, except `exceptId`. */
  async function readOrder(chapterId: string, exceptId?: string): Promise<OrderedPlace[]> {
    const places = await queryRows<OrderedPlace>(
      transaction,
      sql`SELECT id, position, removed_at IS NOT NULL AS "isRemoved"
        FROM linked_videos WHERE chapter_id = ${chapterId}`,
    )
    return places.filter(({ id }) => id !== exceptId).sort(comparePlaces)
  }

  /**
   * Stores new positions, except of videos that have just left the chapter; returns the ids of the
   * videos that are not removed.
   */
  const storeInChapter = (chapterId: string, keys: NewKeys): Promise<string[]> =>
    storeKeys(transaction, linkedVideos, keys, sql`linked_videos.chapter_id = ${chapterId}`)

  return {
    readOrder,
    storeKeys: storeInChapter,

    /** Locks a chapter until the transaction ends; the result is why it can't be used, if so. */
    lockChapter: (workspaceId: string, chapterId: string): Promise<ChapterAbsence | undefined> =>
      findChapterProblem(transaction, workspaceId, chapterId, true),

    /**
     * Shortens the keys of a chapter if one has grown long; returns the keys that changed, and the
     * ids of the videos among them that are not removed.
     */
    async shortenKeys(chapterId: string) {
      const order = await readOrder(chapterId)
      const keys: NewKeys = order.some(isLongKey) ? rekeyAll(order) : new Map()
      return { keys, rekeyed: await storeInChapter(chapterId, keys) }
    },
  }
}
