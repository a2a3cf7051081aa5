import { sql } from 'drizzle-orm'
import type { Link, Video } from '#contract/videos.ts'
import { type Database, rowsOf } from '../../db/database.ts'
import { linkedAs } from '../../db/linked-as.ts'
import { chaptersOf, videoColumns } from './videos.repository.ts'

/** What came of one link. */
export type LinkOutcome =
  | { is: 'linked' | 'linked-before'; video: Video }
  | { is: 'removed' | 'id-reused' | 'asset-already-linked' | 'media-missing' | 'chapter-missing' }
  | { is: 'failed'; error: unknown }

type Place = { workspaceId: string; chapterId: string; now: Date }
type LinkRow = Link & { ordinal: number; linkedAs: string }
type Outcomes = Map<number, LinkOutcome>
type Inserted = Video & { linkedAs: string }

// A link that lost to another which then vanished is sent again; that can't go on for long.
const mostRounds = 3

export function linksRepository(database: Database) {
  async function linkAll(place: Place, links: readonly Link[]): Promise<LinkOutcome[]> {
    const outcomes = await linkRows(place, links.map(rowOf(place.chapterId)))
    return links.map((_, ordinal) => outcomes.get(ordinal) ?? { is: 'asset-already-linked' })
  }

  async function linkRows(place: Place, rows: readonly LinkRow[], round = 1): Promise<Outcomes> {
    const linked = claim(rows, await insert(database, place, rows))
    const left = rows.filter(({ ordinal }) => !linked.has(ordinal))
    if (left.length === 0) return linked
    const reasons = await explain(database, place, left)
    const open = left.filter(({ ordinal }) => !reasons.has(ordinal))
    const isLast = open.length === 0 || round === mostRounds
    const later = isLast ? [] : await linkRows(place, open, round + 1)
    return new Map([...linked, ...reasons, ...later])
  }

  async function linkEachAlone(place: Place, links: readonly Link[]): Promise<LinkOutcome[]> {
    const outcomes: LinkOutcome[] = []
    for (const link of links) {
      try {
        outcomes.push(...(await linkAll(place, [link])))
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
      const place = { workspaceId, chapterId, now }
      return linkAll(place, links).catch(() => linkEachAlone(place, links))
    },
  }
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
  { workspaceId, chapterId, now }: Place,
  rows: readonly LinkRow[],
) =>
  rowsOf<Inserted>(
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
  hasMedia: boolean
  hasChapter: boolean
  isOccupied: boolean
}

/** Why rows were not inserted; nothing about one that nothing stands against any more. */
async function explain(
  database: Database,
  { workspaceId, chapterId }: Place,
  rows: readonly LinkRow[],
): Promise<Outcomes> {
  const contents = new Map(rows.map(({ ordinal, linkedAs }) => [ordinal, linkedAs]))
  const findings = await rowsOf<Finding>(
    database,
    sql`SELECT incoming.ordinal, existing.linked_as AS "standsFor",
      existing.id IS NOT NULL AS "exists",
      coalesce(existing.workspace_id = ${workspaceId}, false) AS "isOurs",
      existing.removed_at IS NOT NULL AS "isRemoved",
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
  const outcomes: Outcomes = new Map()
  for (const finding of findings) {
    const outcome = outcomeOf(finding, contents.get(finding.ordinal))
    if (outcome) outcomes.set(finding.ordinal, outcome)
  }
  return outcomes
}

function outcomeOf(finding: Finding, content: string | undefined): LinkOutcome | undefined {
  if (!finding.hasChapter) return { is: 'chapter-missing' }
  if (finding.exists && !finding.isOurs) return { is: 'id-reused' }
  if (finding.isRemoved) return { is: 'removed' }
  if (finding.exists) {
    return finding.standsFor === content
      ? { is: 'linked-before', video: videoOf(finding) }
      : { is: 'id-reused' }
  }
  if (!finding.hasMedia) return { is: 'media-missing' }
  return finding.isOccupied ? { is: 'asset-already-linked' } : undefined
}

const videoOf = ({
  id,
  chapterId,
  mediaId,
  filename,
  position,
  version,
  durationSeconds,
}: Finding): Video => ({ id, chapterId, mediaId, filename, position, version, durationSeconds })
