import { and, arrayContains, eq, inArray, not, sql } from 'drizzle-orm'
import type { MediaTag, MediaTagged, MediaTagging } from '#contract/media-tags.ts'
import { searchKey } from '#shared/search-key.ts'
import { compareNaturally } from '#shared/sort-key.ts'
import type { Database } from '../../db/database.ts'
import { mediaAssets, workspaces } from '../../db/schema.ts'
import { isInLibrary } from './asset-rows.repository.ts'

export function tagsRepository(database: Database) {
  return {
    /** The tags of the assets in the library, in natural order. */
    list: async (workspaceId: string): Promise<MediaTag[]> =>
      (await readTags(database, workspaceId)).toSorted((a, b) => compareNaturally(a.name, b.name)),

    /** Adds a tag to assets, or removes it; assets that are not in the library are skipped. */
    change: (
      workspaceId: string,
      { mediaIds, tag: typed, isTagged }: MediaTagging,
    ): Promise<MediaTagged> =>
      database.transaction(async (transaction) => {
        await lockTags(transaction, workspaceId)
        const tag = await findSpelling(transaction, workspaceId, typed)
        const hasTag = arrayContains(mediaAssets.tags, [tag])
        const rows = await transaction
          .select({ id: mediaAssets.id, tags: mediaAssets.tags })
          .from(mediaAssets)
          .where(
            and(
              isInLibrary(workspaceId),
              inArray(mediaAssets.id, mediaIds),
              isTagged ? not(hasTag) : hasTag,
            ),
          )
          // In the order in which every other change locks assets, so that two can't deadlock.
          .orderBy(mediaAssets.id)
          .for('no key update')
        const changed = rows.map(({ id, tags }) => ({
          id,
          tags: isTagged
            ? [...tags, tag].toSorted(compareNaturally)
            : tags.filter((name) => name !== tag),
        }))
        await writeTags(transaction, changed)
        return { tag, changedIds: changed.map(({ id }) => id) }
      }),
  }
}

const readTags = async (database: Database, workspaceId: string): Promise<MediaTag[]> => {
  const name = sql<string>`unnest(${mediaAssets.tags})`.as('name')
  const each = database
    .select({ name })
    .from(mediaAssets)
    .where(isInLibrary(workspaceId))
    .as('each')
  return database
    .select({ name: each.name, count: sql<number>`count(*)::int` })
    .from(each)
    .groupBy(each.name)
}

/** Lets one request at a time change tags: two could add one tag in two spellings. */
const lockTags = (transaction: Database, workspaceId: string) =>
  transaction.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for('no key update')

/** The spelling of a tag that the library already has, if it has it. */
async function findSpelling(transaction: Database, workspaceId: string, typed: string) {
  const key = searchKey(typed)
  const tags = await readTags(transaction, workspaceId)
  return tags.find(({ name }) => searchKey(name) === key)?.name ?? typed
}

/** Writes in one statement: an update for each of 2,000 assets would take a second. */
const writeTags = async (
  transaction: Database,
  changed: readonly { id: string; tags: string[] }[],
) => {
  if (changed.length === 0) return
  await transaction.execute(sql`
    UPDATE media_assets SET tags = entry.tags
    FROM jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) AS entry(id uuid, tags text[])
    WHERE media_assets.id = entry.id
  `)
}
