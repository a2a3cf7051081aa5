import { sql } from 'drizzle-orm'
import type { Link, Video } from '#contract/videos.ts'
import { type Database, isUniqueViolation, queryRows } from '../../db/database.ts'
import { linkedAs } from '../../db/linked-as.ts'
import { orderRepository } from './order.repository.ts'
import { isLongKey, type NewKeys } from './order-keys.ts'
import { chaptersOf, videoColumns } from './rows.repository.ts'

/** What came of one link. */
export type LinkOutcome =
  | { is: 'linked' | 'linked-before'; video: Video }
  | { is: 'removed'; revision: number }
  | { is: 'id-reused' | 'asset-already-linked' | 'media-missing' | 'chapter-missing' }
  | { is: 'failed'; error: unknown }

type Target = { workspaceId: string; chapterId: string; now: Date }
type LinkRow = Link & { ordinal: number; linkedAs: string }
type Outcomes = Map<number, LinkOutcome>
type Inserted = Video & { linkedAs: string }

// A link that lost to another which then vanished is sent again; that can't go on for long.
const mostRounds = 3

export function linksRepository(database: Database) {
  const linkAll = (target: Target, links: readonly Link[]): Promise<LinkOutcome[]> =>
    links.some(isLongKey)
      ? database.transaction((transaction) => linkAndShorten(transaction, target, links))
      : linkVideos(database, target, links)

  async function linkEachAlone(target: Target, links: readonly Link[]): Promise<LinkOutcome[]> {
    const outcomes: LinkOutcome[] = []
    for (const link of links) {
      try {
        outcomes.push(...(await linkAll(target, [link])))
      } catch (error) {
        outcomes.push({ is: 'failed', error })
      }
    }
    return outcomes
  }

  return {
    /**
     * Links videos to a chapter by one statement, and says of each what came of it, in the order given.
     * Where the statement fails as a whole, each link is tried alone, so that only the bad ones fail.
     */
    link: (
      workspaceId: string,
      chapterId: string,
      links: readonly Link[],
      now: Date,
    ): Promise<LinkOutcome[]> => {
      const target = { workspaceId, chapterId, now }
      return linkAll(target, links).catch(() => linkEachAlone(target, links))
    },
  }
}

/** Links videos of which one has a long key; the chapter gets short ones in the same transaction. */
async function linkAndShorten(
  transaction: Database,
  target: Target,
  links: readonly Link[],
): Promise<LinkOutcome[]> {
  const order = orderRepository(transaction)
  await order.lockChapter(target.workspaceId, target.chapterId)
  const outcomes = await linkVideos(transaction, target, links)
  const keys = await order.shortenKeys(target.chapterId)
  return outcomes.map((outcome) =>
    'video' in outcome ? { ...outcome, video: rekeyed(outcome.video, keys) } : outcome,
  )
}

function rekeyed(video: Video, keys: NewKeys): Video {
  const position = keys.get(video.id)
  return position === undefined ? video : { ...video, position, version: video.version + 1 }
}

async function linkVideos(
  database: Database,
  target: Target,
  links: readonly Link[],
): Promise<LinkOutcome[]> {
  const outcomes = await linkRows(database, target, links.map(rowOf(target.chapterId)))
  return links.map((_, ordinal) => outcomes.get(ordinal) ?? { is: 'asset-already-linked' })
}

async function linkRows(
  database: Database,
  target: Target,
  rows: readonly LinkRow[],
  round = 1,
): Promise<Outcomes> {
  const linked = claim(rows, await insert(database, target, rows))
  const left = rows.filter(({ ordinal }) => !linked.has(ordinal))
  if (left.length === 0) return linked
  const reasons = await explain(database, target, left)
  const open = left.filter(({ ordinal }) => !reasons.has(ordinal))
  const isLast = open.length === 0 || round === mostRounds
  const later = isLast ? [] : await linkRows(database, target, open, round + 1)
  return new Map([...linked, ...reasons, ...later])
}

const rowOf =
  (chapterId: string) =>
  (link: Link, ordinal: number): LinkRow => ({
    ...link,
    ordinal,
    linkedAs: linkedAs(chapterId, link),
  })

const recordset = (rows: readonly LinkRow[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS incoming(
    ordinal int, id uuid, "mediaId" uuid, filename text, position text, "linkedAs" text)`

// In the order of their ids, so that two batches with ids in common can't wait for each other.
const insert = (
  database: Database,
  { workspaceId, chapterId, now }: Target,
  rows: readonly LinkRow[],
) =>
  queryRows<Inserted>(
    database,
    sql`WITH linked AS (
      INSERT INTO linked_videos
        (id, workspace_id, chapter_id, media_id, filename, position, linked_as, linked_at)
      SELECT incoming.id, ${workspaceId}, chapters.id, media_assets.id, incoming.filename,
        incoming.position, incoming."linkedAs", ${now.toISOString()}::timestamptz
      FROM ${recordset(rows)}
      JOIN media_assets ON media_assets.id = incoming."mediaId"
        AND media_assets.workspace_id = ${workspaceId}
      JOIN chapters ON chapters.id = ${chapterId}
      JOIN courses ON courses.id = chapters.course_id AND courses.workspace_id = ${workspaceId}
      ORDER BY incoming.id, incoming.ordinal
      ON CONFLICT DO NOTHING
      RETURNING *)
    SELECT ${videoColumns(sql`linked`)}, linked.linked_as AS "linkedAs"
    FROM linked JOIN media_assets ON media_assets.id = linked.media_id`,
  )

// Of links that share an id, the first with the inserted content is the one that made it.
function claim(rows: readonly LinkRow[], inserted: readonly Inserted[]): Outcomes {
  const unclaimed = new Map(inserted.map((row) => [row.id, row]))
  const outcomes: Outcomes = new Map()
  for (const { ordinal, id, linkedAs } of rows) {
    const row = unclaimed.get(id)
    if (row?.linkedAs !== linkedAs) continue
    unclaimed.delete(id)
    const { linkedAs: _, ...video } = row
    outcomes.set(ordinal, { is: 'linked', video })
  }
  return outcomes
}

type Finding = Video & {
  ordinal: number
  standsFor: string | null
  exists: boolean
  isOurs: boolean
  isRemoved: boolean
  isVacant: boolean
  hasMedia: boolean
  hasChapter: boolean
  isOccupied: boolean
}

/**
 * Why rows were not inserted; nothing about one that nothing stands against any more. One whose id is
 * vacant is linked here.
 */
async function explain(
  database: Database,
  target: Target,
  rows: readonly LinkRow[],
): Promise<Outcomes> {
  const findings = await find(database, target, rows)
  const outcomes: Outcomes = new Map()
  for (const row of rows.toSorted(byId)) {
    const finding = findings.get(row.ordinal)
    const outcome =
      finding &&
      (outcomeOf(finding, row.linkedAs) ?? (await fillVacant(database, target, row, finding)))
    if (outcome) outcomes.set(row.ordinal, outcome)
  }
  return outcomes
}

async function find(
  database: Database,
  { workspaceId, chapterId }: Target,
  rows: readonly LinkRow[],
): Promise<Map<number, Finding>> {
  const findings = await queryRows<Finding>(
    database,
    sql`SELECT incoming.ordinal, existing.linked_as AS "standsFor",
      existing.id IS NOT NULL AS "exists",
      coalesce(existing.workspace_id = ${workspaceId}, false) AS "isOurs",
      existing.removed_at IS NOT NULL AS "isRemoved",
      existing.id IS NOT NULL AND existing.removed_at IS NULL AND existing.chapter_id IS NULL
        AS "isVacant",
      media_assets.id IS NOT NULL AS "hasMedia",
      EXISTS (${chaptersOf(workspaceId)} AND chapters.id = ${chapterId}) AS "hasChapter",
      EXISTS (SELECT FROM linked_videos AS occupant
        WHERE occupant.chapter_id = ${chapterId} AND occupant.media_id = incoming."mediaId"
          AND occupant.removed_at IS NULL
      ) AS "isOccupied",
      ${videoColumns(sql`existing`, sql`own_media`)}
    FROM ${recordset(rows)}
    LEFT JOIN linked_videos AS existing ON existing.id = incoming.id
    LEFT JOIN media_assets AS own_media ON own_media.id = existing.media_id
    LEFT JOIN media_assets ON media_assets.id = incoming."mediaId"
      AND media_assets.workspace_id = ${workspaceId}`,
  )
  return new Map(findings.map((finding) => [finding.ordinal, finding]))
}

function outcomeOf(finding: Finding, content: string): LinkOutcome | undefined {
  if (!finding.hasChapter) return { is: 'chapter-missing' }
  if (finding.exists && !finding.isOurs) return { is: 'id-reused' }
  if (finding.isRemoved) return { is: 'removed', revision: finding.revision }
  if (finding.exists && !finding.isVacant) {
    return finding.standsFor === content
      ? { is: 'linked-before', video: videoOf(finding) }
      : { is: 'id-reused' }
  }
  if (!finding.hasMedia) return { is: 'media-missing' }
  return finding.isOccupied ? { is: 'asset-already-linked' } : undefined
}

/** Links a video whose id is vacant, in a transaction of its own, which may be one within another. */
async function fillVacant(
  database: Database,
  { chapterId, now }: Target,
  row: LinkRow,
  { isVacant }: Finding,
): Promise<LinkOutcome | undefined> {
  if (!isVacant) return undefined
  try {
    const [video] = await database.transaction((transaction) =>
      queryRows<Video>(
        transaction,
        sql`WITH linked AS (
          UPDATE linked_videos
          SET chapter_id = ${chapterId}, media_id = ${row.mediaId}, filename = ${row.filename},
            position = ${row.position}, linked_as = ${row.linkedAs},
            linked_at = ${now.toISOString()}::timestamptz
          WHERE id = ${row.id} AND chapter_id IS NULL AND removed_at IS NULL
          RETURNING *)
        SELECT ${videoColumns(sql`linked`)}
        FROM linked JOIN media_assets ON media_assets.id = linked.media_id`,
      ),
    )
    return video && { is: 'linked', video }
  } catch (error) {
    if (isUniqueViolation(error)) return { is: 'asset-already-linked' }
    throw error
  }
}

const byId = (one: LinkRow, other: LinkRow) =>
  Number(one.id > other.id) - Number(one.id < other.id) || one.ordinal - other.ordinal

const videoOf = ({
  id,
  chapterId,
  mediaId,
  filename,
  position,
  version,
  revision,
  durationSeconds,
}: Finding): Video => ({
  id,
  chapterId,
  mediaId,
  filename,
  position,
  version,
  revision,
  durationSeconds,
})
