import { sql } from 'drizzle-orm'
import type { Link, Video } from '#contract/videos.ts'
import { type ChapterAbsence, findAbsence } from '../../db/chapter-state.ts'
import { type Database, isDataError, isUniqueViolation, queryRows } from '../../db/database.ts'
import { linkFingerprint } from '../../db/link-fingerprint.ts'
import { isLongKey, type NewKeys } from '../../db/order-keys.ts'
import { orderRepository } from './order.repository.ts'
import { videoColumns } from './rows.repository.ts'

/** The result of one link. */
export type LinkResult =
  | { outcome: 'linked' | 'already-linked'; video: Video }
  | { outcome: 'removed'; revision: number }
  | { outcome: 'id-reused' | 'asset-already-linked' | 'media-missing' }
  | ChapterAbsence
  | { outcome: 'failed'; error: unknown }

type Target = { workspaceId: string; chapterId: string; now: Date }
type LinkRow = Link & { ordinal: number; fingerprint: string }
type Results = Map<number, LinkResult>
type InsertedRow = Video & { fingerprint: string }

// A link that lost to another one is tried again when that one is gone. It can hardly lose often.
const maxRounds = 3

export function linksRepository(database: Database) {
  const linkAll = (target: Target, links: readonly Link[]): Promise<LinkResult[]> =>
    links.some(isLongKey)
      ? database.transaction((transaction) => linkAndShorten(transaction, target, links))
      : linkVideos(database, target, links)

  /** Halves a batch that fails for its data, until each link that fails is by itself. */
  async function linkOrSplit(target: Target, links: readonly Link[]): Promise<LinkResult[]> {
    try {
      return await linkAll(target, links)
    } catch (error) {
      const isOneOfThem = isDataError(error) && links.length > 1
      if (!isOneOfThem) return links.map(() => ({ outcome: 'failed', error }))
      const middle = Math.ceil(links.length / 2)
      const first = await linkOrSplit(target, links.slice(0, middle))
      return [...first, ...(await linkOrSplit(target, links.slice(middle)))]
    }
  }

  return {
    /**
     * Links videos to a chapter by one statement; the results come in the order of the links. A
     * link whose data makes the statement fail fails alone; a database that fails is asked no
     * further.
     */
    link: (
      workspaceId: string,
      chapterId: string,
      links: readonly Link[],
      now: Date,
    ): Promise<LinkResult[]> => {
      return linkOrSplit({ workspaceId, chapterId, now }, links)
    },
  }
}

/** Links videos, some with long keys, and gives the chapter short keys in the same transaction. */
async function linkAndShorten(
  transaction: Database,
  target: Target,
  links: readonly Link[],
): Promise<LinkResult[]> {
  const order = orderRepository(transaction)
  await order.lockChapter(target.workspaceId, target.chapterId)
  const results = await linkVideos(transaction, target, links)
  const keys = await order.shortenKeys(target.chapterId)
  return results.map((result) =>
    'video' in result ? { ...result, video: rekeyVideo(result.video, keys) } : result,
  )
}

function rekeyVideo(video: Video, keys: NewKeys): Video {
  const position = keys.get(video.id)
  return position === undefined ? video : { ...video, position, version: video.version + 1 }
}

async function linkVideos(
  database: Database,
  target: Target,
  links: readonly Link[],
): Promise<LinkResult[]> {
  const results = await linkRows(database, target, links.map(toRow(target.chapterId)))
  return links.map((_, ordinal) => results.get(ordinal) ?? { outcome: 'asset-already-linked' })
}

async function linkRows(
  database: Database,
  target: Target,
  rows: readonly LinkRow[],
  round = 1,
): Promise<Results> {
  const linked = claim(rows, await insert(database, target, rows))
  const left = rows.filter(({ ordinal }) => !linked.has(ordinal))
  if (left.length === 0) return linked
  const reasons = await explain(database, target, left)
  const open = left.filter(({ ordinal }) => !reasons.has(ordinal))
  const isLast = open.length === 0 || round === maxRounds
  const later = isLast ? [] : await linkRows(database, target, open, round + 1)
  return new Map([...linked, ...reasons, ...later])
}

const toRow =
  (chapterId: string) =>
  (link: Link, ordinal: number): LinkRow => ({
    ...link,
    ordinal,
    fingerprint: linkFingerprint(chapterId, link),
  })

const recordset = (rows: readonly LinkRow[]) => sql`
  jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS incoming(
    ordinal int, id uuid, "mediaId" uuid, filename text, position text, fingerprint text)`

// In the order of their ids, so that two batches with common ids can't deadlock.
const insert = (
  database: Database,
  { workspaceId, chapterId, now }: Target,
  rows: readonly LinkRow[],
) =>
  queryRows<InsertedRow>(
    database,
    sql`WITH linked AS (
      INSERT INTO linked_videos
        (id, workspace_id, chapter_id, media_id, filename, position, linked_as, linked_at)
      SELECT incoming.id, ${workspaceId}, chapters.id, media_assets.id, incoming.filename,
        incoming.position, incoming.fingerprint, ${now.toISOString()}::timestamptz
      FROM ${recordset(rows)}
      JOIN media_assets ON media_assets.id = incoming."mediaId"
        AND media_assets.workspace_id = ${workspaceId} AND media_assets.removed_at IS NULL
      JOIN chapters ON chapters.id = ${chapterId} AND chapters.removed_at IS NULL
      JOIN courses ON courses.id = chapters.course_id AND courses.workspace_id = ${workspaceId}
        AND courses.removed_at IS NULL
      ORDER BY incoming.id, incoming.ordinal
      ON CONFLICT DO NOTHING
      RETURNING *)
    SELECT ${videoColumns(sql`linked`)}, linked.linked_as AS fingerprint
    FROM linked JOIN media_assets ON media_assets.id = linked.media_id`,
  )

// Of links that share an id, the first with the inserted content is the one that made it.
function claim(rows: readonly LinkRow[], inserted: readonly InsertedRow[]): Results {
  const unclaimed = new Map(inserted.map((row) => [row.id, row]))
  const results: Results = new Map()
  for (const { ordinal, id, fingerprint } of rows) {
    const row = unclaimed.get(id)
    if (row?.fingerprint !== fingerprint) continue
    unclaimed.delete(id)
    const { fingerprint: _, ...video } = row
    results.set(ordinal, { outcome: 'linked', video })
  }
  return results
}

type Finding = Video & {
  ordinal: number
  existingFingerprint: string | null
  exists: boolean
  isOurs: boolean
  isRemoved: boolean
  isVacant: boolean
  hasMedia: boolean
  isOccupied: boolean
}

/**
 * Finds out why rows were not inserted, and links those whose id is vacant. There is no result for
 * a row whose obstacle is gone: it is to be tried again.
 */
async function explain(
  database: Database,
  target: Target,
  rows: readonly LinkRow[],
): Promise<Results> {
  const absence = await findAbsence(database, target.workspaceId, target.chapterId)
  if (absence) return new Map(rows.map(({ ordinal }) => [ordinal, absence]))
  const findings = await find(database, target, rows)
  const results: Results = new Map()
  for (const row of rows.toSorted(byId)) {
    const finding = findings.get(row.ordinal)
    const result =
      finding &&
      (explainFinding(finding, row.fingerprint) ??
        (await fillVacant(database, target, row, finding)))
    if (result) results.set(row.ordinal, result)
  }
  return results
}

async function find(
  database: Database,
  { workspaceId, chapterId }: Target,
  rows: readonly LinkRow[],
): Promise<Map<number, Finding>> {
  const findings = await queryRows<Finding>(
    database,
    sql`SELECT incoming.ordinal, existing.linked_as AS "existingFingerprint",
      existing.id IS NOT NULL AS "exists",
      coalesce(existing.workspace_id = ${workspaceId}, false) AS "isOurs",
      existing.removed_at IS NOT NULL AS "isRemoved",
      existing.id IS NOT NULL AND existing.removed_at IS NULL AND existing.chapter_id IS NULL
        AS "isVacant",
      media_assets.id IS NOT NULL AS "hasMedia",
      EXISTS (SELECT FROM linked_videos AS occupant
        WHERE occupant.chapter_id = ${chapterId} AND occupant.media_id = incoming."mediaId"
          AND occupant.removed_at IS NULL
      ) AS "isOccupied",
      ${videoColumns(sql`existing`, sql`own_media`)}
    FROM ${recordset(rows)}
    LEFT JOIN linked_videos AS existing ON existing.id = incoming.id
    LEFT JOIN media_assets AS own_media ON own_media.id = existing.media_id
    LEFT JOIN media_assets ON media_assets.id = incoming."mediaId"
      AND media_assets.workspace_id = ${workspaceId} AND media_assets.removed_at IS NULL`,
  )
  return new Map(findings.map((finding) => [finding.ordinal, finding]))
}

function explainFinding(finding: Finding, content: string): LinkResult | undefined {
  if (finding.exists && !finding.isOurs) return { outcome: 'id-reused' }
  if (finding.isRemoved) return { outcome: 'removed', revision: finding.revision }
  if (finding.exists && !finding.isVacant) {
    return finding.existingFingerprint === content
      ? { outcome: 'already-linked', video: toVideo(finding) }
      : { outcome: 'id-reused' }
  }
  if (!finding.hasMedia) return { outcome: 'media-missing' }
  return finding.isOccupied ? { outcome: 'asset-already-linked' } : undefined
}

/**
 * Links a video whose id is vacant. Its transaction may be nested: a violation undoes no other
 * link.
 */
async function fillVacant(
  database: Database,
  { chapterId, now }: Target,
  row: LinkRow,
  { isVacant }: Finding,
): Promise<LinkResult | undefined> {
  if (!isVacant) return undefined
  try {
    const [video] = await database.transaction((transaction) =>
      queryRows<Video>(
        transaction,
        sql`WITH linked AS (
          UPDATE linked_videos
          SET chapter_id = ${chapterId}, media_id = ${row.mediaId}, filename = ${row.filename},
            position = ${row.position}, linked_as = ${row.fingerprint},
            linked_at = ${now.toISOString()}::timestamptz, vacant_since = NULL
          WHERE id = ${row.id} AND chapter_id IS NULL AND removed_at IS NULL
          RETURNING *)
        SELECT ${videoColumns(sql`linked`)}
        FROM linked JOIN media_assets ON media_assets.id = linked.media_id`,
      ),
    )
    return video && { outcome: 'linked', video }
  } catch (error) {
    if (isUniqueViolation(error)) return { outcome: 'asset-already-linked' }
    throw error
  }
}

const byId = (one: LinkRow, other: LinkRow) =>
  Number(one.id > other.id) - Number(one.id < other.id) || one.ordinal - other.ordinal

const toVideo = ({
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
