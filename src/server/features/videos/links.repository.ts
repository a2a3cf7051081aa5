import { sql } from 'drizzle-orm'
import type { Link, Video } from '../../../contract/videos.ts'
import { type Database, rowsOf } from '../../db/database.ts'

/** What came of one link. */
export type LinkOutcome =
  | { is: 'linked' | 'linked-before'; video: Video }
  | { is: 'removed' | 'id-reused' | 'asset-already-linked' | 'media-missing' | 'chapter-missing' }
  | { is: 'failed'; error: unknown }

type Place = { workspaceId: string; chapterId: string; now: Date }
type LinkRow = Link & { ordinal: number; linkedAs: string }
type Inserted = Video & { linkedAs: string }

// A link that lost to another which then vanished is sent again; that can't go on for long.
const mostRounds = 3

export function linksRepository(database: Database) {
  async function linkAll(place: Place, links: readonly Link[]): Promise<LinkOutcome[]> {
    const outcomes = new Map<number, LinkOutcome>()
    let open = links.map((link, ordinal) => rowOf(place.chapterId, link, ordinal))
    for (let round = 1; open.length > 0; round++) {
      const inserted = await insert(database, place, open)
      for (const [ordinal, video] of claim(open, inserted)) {
        outcomes.set(ordinal, { is: 'linked', video })
      }
      open = open.filter(({ ordinal }) => !outcomes.has(ordinal))
      if (open.length === 0) break
      for (const [ordinal, outcome] of await explain(database, place, open)) {
        if (outcome) outcomes.set(ordinal, outcome)
        else if (round === mostRounds) outcomes.set(ordinal, { is: 'asset-already-linked' })
      }
      open = open.filter(({ ordinal }) => !outcomes.has(ordinal))
    }
    return links.map((_, ordinal) => outcomes.get(ordinal) ?? { is: 'chapter-missing' })
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

const rowOf = (chapterId: string, link: Link, ordinal: number): LinkRow => ({
  ...link,
  ordinal,
  linkedAs: JSON.stringify([chapterId, link.mediaId, link.filename, link.position]),
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
    SELECT linked.id, linked.chapter_id AS "chapterId", linked.media_id AS "mediaId",
      linked.filename, linked.position, linked.version, linked.linked_as AS "linkedAs",
      media_assets.duration_seconds AS "durationSeconds"
    FROM linked JOIN media_assets ON media_assets.id = linked.media_id`,
  )

// Of links that share an id, the first with the inserted content is the one that made it.
function claim(rows: readonly LinkRow[], inserted: readonly Inserted[]): [number, Video][] {
  const unclaimed = new Map(inserted.map((row) => [row.id, row]))
  return rows.flatMap(({ ordinal, id, linkedAs }): [number, Video][] => {
    const row = unclaimed.get(id)
    if (row?.linkedAs !== linkedAs) return []
    unclaimed.delete(id)
    const { linkedAs: _, ...video } = row
    return [[ordinal, video]]
  })
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

/** Why rows were not inserted; no outcome for one that nothing stands against any more. */
async function explain(
  database: Database,
  { workspaceId, chapterId }: Place,
  rows: readonly LinkRow[],
): Promise<[number, LinkOutcome | undefined][]> {
  const contents = new Map(rows.map(({ ordinal, linkedAs }) => [ordinal, linkedAs]))
  const findings = await rowsOf<Finding>(
    database,
    sql`SELECT incoming.ordinal, existing.linked_as AS "standsFor",
      existing.id IS NOT NULL AS "exists",
      coalesce(existing.workspace_id = ${workspaceId}, false) AS "isOurs",
      existing.removed_at IS NOT NULL AS "isRemoved",
      media_assets.id IS NOT NULL AS "hasMedia",
      EXISTS (SELECT FROM chapters JOIN courses ON courses.id = chapters.course_id
        WHERE chapters.id = ${chapterId} AND courses.workspace_id = ${workspaceId}
      ) AS "hasChapter",
      EXISTS (SELECT FROM linked_videos AS occupant
        WHERE occupant.chapter_id = ${chapterId} AND occupant.media_id = incoming."mediaId"
          AND occupant.removed_at IS NULL
      ) AS "isOccupied",
      existing.id, existing.chapter_id AS "chapterId", existing.media_id AS "mediaId",
      existing.filename, existing.position, existing.version,
      own_media.duration_seconds AS "durationSeconds"
    FROM ${recordset(rows)}
    LEFT JOIN linked_videos AS existing ON existing.id = incoming.id
    LEFT JOIN media_assets AS own_media ON own_media.id = existing.media_id
    LEFT JOIN media_assets ON media_assets.id = incoming."mediaId"
      AND media_assets.workspace_id = ${workspaceId}`,
  )
  return findings.map((finding) => [
    finding.ordinal,
    outcomeOf(finding, contents.get(finding.ordinal)),
  ])
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
