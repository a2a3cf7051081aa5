import type { Link, Video } from '#contract/videos.ts'
import { appendVideoChanges, mapToKind } from '../../db/change-log.ts'
import { type Database, isDataError } from '../../db/database.ts'
import { isLongKey, type NewKeys } from '../../db/order-keys.ts'
import { explainLinks } from './explain-links.repository.ts'
import {
  type InsertedRow,
  insertLinks,
  type LinkResult,
  type LinkResults,
  type LinkRow,
  type LinkTarget,
  toLinkRow,
} from './link-rows.repository.ts'
import { orderRepository } from './order.repository.ts'

// A link that conflicts with another is retried if that one is gone by then. It is unlikely to
// conflict twice.
const maxAttempts = 3

export function linksRepository(database: Database) {
  const linkAll = (target: LinkTarget, links: readonly Link[]): Promise<LinkResult[]> =>
    database.transaction(async (transaction) => {
      const link = links.some(isLongKey) ? linkAndShorten : linkVideos
      const { results, rekeyed = [] } = await link(transaction, target, links)
      const linked = results.flatMap((result) =>
        result.outcome === 'linked' ? [result.video.id] : [],
      )
      const changes = new Map([...mapToKind(rekeyed, 'changed'), ...mapToKind(linked, 'created')])
      await appendVideoChanges(transaction, target, changes)
      return results
    })

  /** Halves a batch that fails because of its data, until each failing link is on its own. */
  async function linkOrSplit(target: LinkTarget, links: readonly Link[]): Promise<LinkResult[]> {
    try {
      return await linkAll(target, links)
    } catch (error) {
      const canSplit = isDataError(error) && links.length > 1
      if (!canSplit) return links.map(() => ({ outcome: 'failed', error }))
      const middle = Math.ceil(links.length / 2)
      const first = await linkOrSplit(target, links.slice(0, middle))
      return [...first, ...(await linkOrSplit(target, links.slice(middle)))]
    }
  }

  return {
    /**
     * Links videos to a chapter in one statement; the results are in the order of the links. A link
     * whose data makes the statement fail is the only one to fail. Any other failure of the
     * database is not retried.
     * @param page the id of the requesting page, if it sent one
     */
    link: (
      workspaceId: string,
      chapterId: string,
      links: readonly Link[],
      now: Date,
      page?: string,
    ): Promise<LinkResult[]> => linkOrSplit({ workspaceId, chapterId, now, page }, links),
  }
}

type LinkedVideos = {
  results: LinkResult[]
  /** The ids of the videos whose positions have changed. */
  rekeyed?: readonly string[]
}

/** Links videos, some with long keys, and gives the chapter short keys in the same transaction. */
async function linkAndShorten(
  transaction: Database,
  target: LinkTarget,
  links: readonly Link[],
): Promise<LinkedVideos> {
  const order = orderRepository(transaction)
  await order.lockChapter(target.workspaceId, target.chapterId)
  const { results } = await linkVideos(transaction, target, links)
  const { keys, rekeyed } = await order.shortenKeys(target.chapterId)
  return {
    results: results.map((result) =>
      'video' in result ? { ...result, video: rekeyVideo(result.video, keys) } : result,
    ),
    rekeyed,
  }
}

function rekeyVideo(video: Video, keys: NewKeys): Video {
  const position = keys.get(video.id)
  return position === undefined ? video : { ...video, position, version: video.version + 1 }
}

async function linkVideos(
  database: Database,
  target: LinkTarget,
  links: readonly Link[],
): Promise<LinkedVideos> {
  const results = await linkRows(database, target, links.map(toLinkRow(target.chapterId)))
  return {
    results: links.map((_, ordinal) => results.get(ordinal) ?? { outcome: 'asset-already-linked' }),
  }
}

async function linkRows(
  database: Database,
  target: LinkTarget,
  rows: readonly LinkRow[],
  attempt = 1,
): Promise<LinkResults> {
  const linked = claim(rows, await insertLinks(database, target, rows))
  const remaining = rows.filter(({ ordinal }) => !linked.has(ordinal))
  if (remaining.length === 0) return linked
  const reasons = await explainLinks(database, target, remaining)
  const unresolved = remaining.filter(({ ordinal }) => !reasons.has(ordinal))
  const isLast = unresolved.length === 0 || attempt === maxAttempts
  const later = isLast ? [] : await linkRows(database, target, unresolved, attempt + 1)
  return new Map([...linked, ...reasons, ...later])
}

// Of links that share an id, the first one with the inserted content was inserted.
function claim(rows: readonly LinkRow[], inserted: readonly InsertedRow[]): LinkResults {
  const unclaimed = new Map(inserted.map((row) => [row.id, row]))
  const results: LinkResults = new Map()
  for (const { ordinal, id, fingerprint } of rows) {
    const row = unclaimed.get(id)
    if (row?.fingerprint !== fingerprint) continue
    unclaimed.delete(id)
    const { fingerprint: _, ...video } = row
    results.set(ordinal, { outcome: 'linked', video })
  }
  return results
}
