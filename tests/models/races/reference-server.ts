import { inOrder } from '#client/features/videos/fold-videos.ts'
import { type ProblemKind, problemOf } from '#contract/problem.ts'
import type { Link, LinkLine, Video } from '#contract/videos.ts'

/** A request as the server sees it. */
export interface ServerRequest {
  method: string
  path: string
  ifMatch?: string | undefined
  body?: unknown
}

/** An answer: a status, and a body unless there is none. A refusal's body is a problem. */
export interface ServerAnswer {
  status: number
  body?: unknown
}

/** A link, or the tombstone of an id that was removed before its link arrived. */
interface Row {
  video: Video | null
  linkedAs: string
  isRemoved: boolean
}

export type ReferenceServer = ReturnType<typeof createReferenceServer>

/**
 * What the server does with links, as plainly as it can be said and without a database. Tests prove
 * that it answers as the real app does.
 */
export function createReferenceServer(
  chapterIds: readonly string[],
  durations: ReadonlyMap<string, number>,
) {
  const rows = new Map<string, Row>()

  function list(chapterId: string): Video[] {
    return [...rows.values()]
      .flatMap(({ video, isRemoved }) => (video && !isRemoved ? [video] : []))
      .filter((video) => video.chapterId === chapterId)
      .sort(inOrder)
  }

  const isOccupied = (chapterId: string, mediaId: string) =>
    list(chapterId).some((video) => video.mediaId === mediaId)

  function link(chapterId: string, { id, ...content }: Link): Exclude<LinkLine, { done: true }> {
    const linkedAs = JSON.stringify([
      chapterId,
      content.mediaId,
      content.filename,
      content.position,
    ])
    const row = rows.get(id)
    const durationSeconds = durations.get(content.mediaId)
    if (!chapterIds.includes(chapterId)) return { id, ...refusal('not-found') }
    if (row?.isRemoved) return { id, ...refusal('removed') }
    if (row?.video && row.linkedAs === linkedAs) return { id, status: 200, video: row.video }
    if (row) return { id, ...refusal('id-reused') }
    if (durationSeconds === undefined) return { id, ...refusal('media-not-found') }
    if (isOccupied(chapterId, content.mediaId)) return { id, ...refusal('asset-already-linked') }
    const video: Video = { id, chapterId, ...content, version: 1, durationSeconds }
    rows.set(id, { video, linkedAs, isRemoved: false })
    return { id, status: 201, video }
  }

  function change(id: string, ifMatch: string | undefined, patch: Partial<Video>): ServerAnswer {
    const row = rows.get(id)
    if (!row) return answerOf(refusal('not-found'))
    if (row.isRemoved || !row.video) return answerOf(refusal('removed'))
    if (`"${row.video.version}"` !== ifMatch) {
      const { problem } = refusal('version-mismatch')
      return { status: problem.status, body: { ...problem, video: row.video } }
    }
    row.video = { ...row.video, ...patch, version: row.video.version + 1 }
    return { status: 200, body: row.video }
  }

  function remove(id: string): ServerAnswer {
    const row = rows.get(id)
    if (row) row.isRemoved = true
    else rows.set(id, { video: null, linkedAs: '', isRemoved: true })
    return { status: 204 }
  }

  function restore(id: string): ServerAnswer {
    const row = rows.get(id)
    if (!row) return answerOf(refusal('not-found'))
    if (!row.video) {
      rows.delete(id)
      return { status: 204 }
    }
    if (!row.isRemoved) return { status: 200, body: row.video }
    if (isOccupied(row.video.chapterId, row.video.mediaId)) {
      return answerOf(refusal('asset-already-linked'))
    }
    row.video = { ...row.video, version: row.video.version + 1 }
    row.isRemoved = false
    return { status: 200, body: row.video }
  }

  return {
    list,
    link,
    /** Answers a request that is not a batch of links; those are linked one by one. */
    handle({ method, path, ifMatch, body }: ServerRequest): ServerAnswer {
      const [, , collection, id = '', rest] = path.split('/')
      if (collection === 'chapters' && method === 'GET') {
        return chapterIds.includes(id)
          ? { status: 200, body: { videos: list(id) } }
          : answerOf(refusal('not-found'))
      }
      // The page's own requests fit the contract.
      if (method === 'PATCH') return change(id, ifMatch, body as Partial<Video>)
      if (method === 'DELETE') return remove(id)
      if (method === 'POST' && rest === 'restore') return restore(id)
      throw new Error(`The reference server does not know ${method} ${path}`)
    },
  }
}

export function refusal(kind: ProblemKind) {
  const problem = problemOf(kind, `Refused: ${kind}.`)
  return { status: problem.status, problem }
}

const answerOf = ({ status, problem }: ReturnType<typeof refusal>): ServerAnswer => ({
  ...{ status, body: problem },
})
