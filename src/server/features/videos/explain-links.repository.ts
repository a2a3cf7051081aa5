import { sql } from 'drizzle-orm'
import type { Video } from '#contract/videos.ts'
import { findChapterProblem } from '../../db/chapter-state.ts'
import { type Database, queryRows } from '../../db/database.ts'
import { videoColumns } from '../../db/video-columns.ts'
import {
  type LinkResult,
  type LinkResults,
  type LinkRow,
  type LinkTarget,
  linkVacantId,
  recordset,
} from './link-rows.repository.ts'

/**
 * Finds out why rows were not inserted, and links those whose id is vacant. A row whose obstacle is
 * gone has no result: it has to be retried.
 */
export async function explainLinks(
  database: Database,
  target: LinkTarget,
  rows: readonly LinkRow[],
): Promise<LinkResults> {
  const absence = await findChapterProblem(database, target.workspaceId, target.chapterId)
  if (absence) return new Map(rows.map(({ ordinal }) => [ordinal, absence]))
  const findings = await readFindings(database, target, rows)
  const results: LinkResults = new Map()
  for (const row of rows.toSorted(byId)) {
    const finding = findings.get(row.ordinal)
    const result =
      finding &&
      (explainFinding(finding, row.fingerprint) ??
        (finding.isVacant ? await linkVacantId(database, target, row) : undefined))
    if (result) results.set(row.ordinal, result)
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

async function readFindings(
  database: Database,
  { workspaceId, chapterId }: LinkTarget,
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

const byId = (a: LinkRow, b: LinkRow) =>
  Number(a.id > b.id) - Number(a.id < b.id) || a.ordinal - b.ordinal

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
