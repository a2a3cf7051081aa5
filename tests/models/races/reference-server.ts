import { createProblem, type ProblemKind } from '#contract/problem.ts'
import type { CurrentVideo, Link, LinkLine, Video, VideoPatch } from '#contract/videos.ts'
import { isLongKey, type NewKeys, rekeyAll, rekeyForMove } from '#server/db/order-keys.ts'
import { comparePlaces } from '#shared/compare-places.ts'

/** A request as the server sees it. */
export interface ServerRequest {
  method: string
  path: string
  ifMatch?: string | undefined
  body?: unknown
  /** The place of a change among the changes of its video, and the page that asks for it. */
  revision?: number | undefined
  page?: string | undefined
}

/** An answer: a status, and a body unless there is none. A refusal's body is a problem. */
export interface ServerAnswer {
  status: number
  body?: unknown
}

/**
 * What an id stands for. Without a video it was removed before its link arrived, and perhaps
 * restored.
 */
interface Row {
  video: Video | null
  linkedAs: string
  isRemoved: boolean
  revision: number
  page: string | null
}

type Revision = { revision: number; page: string }

export type ReferenceServer = ReturnType<typeof createReferenceServer>

/**
 * What the server does with links, as plainly as it can be said and without a database. Which keys
 * give way to which is the server's own arithmetic. Tests prove that it answers as the real app
 * does.
 */
export function createReferenceServer(
  chapterIds: readonly string[],
  media: ReadonlyMap<string, number>,
) {
  const rows = new Map<string, Row>()
  const durations = new Map(media)

  const shown = ({ video, revision }: Row): Video | null => video && { ...video, revision }

  /** The videos of a chapter in order, removed ones too. */
  const everyVideo = (chapterId: string) =>
    [...rows.values()]
      .flatMap((row) => shown(row) ?? [])
      .filter((video) => video.chapterId === chapterId)
      .sort(comparePlaces)
      .map((video) => ({ ...video, isRemoved: rows.get(video.id)?.isRemoved ?? false }))

  const list = (chapterId: string): Video[] =>
    everyVideo(chapterId).flatMap(({ isRemoved, ...video }) => (isRemoved ? [] : [video]))

  const isOccupied = (chapterId: string, mediaId: string, exceptId?: string) =>
    list(chapterId).some((video) => video.mediaId === mediaId && video.id !== exceptId)

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
    if (row?.isRemoved) return { id, ...refusal('removed', { revision: row.revision }) }
    if (row?.video && row.linkedAs === linkedAs) {
      return { id, status: 200, video: { ...row.video, revision: row.revision } }
    }
    if (row?.video) return { id, ...refusal('id-reused') }
    if (durationSeconds === undefined) return { id, ...refusal('media-not-found') }
    if (isOccupied(chapterId, content.mediaId)) return { id, ...refusal('asset-already-linked') }
    const revision = row?.revision ?? 0
    const video: Video = { id, chapterId, ...content, version: 1, revision, durationSeconds }
    const linked = { video, linkedAs, isRemoved: false, revision, page: row?.page ?? null }
    rows.set(id, linked)
    shortenKeys(chapterId)
    return { id, status: 201, video: linked.video }
  }

  function change(
    id: string,
    ifMatch: string | undefined,
    patch: VideoPatch,
    asked: Revision | undefined,
  ): ServerAnswer {
    const row = rows.get(id)
    if (row?.isRemoved) return answerOf(refusal('removed', { revision: row.revision }))
    if (!row?.video) return answerOf(refusal('not-found'))
    const judgement = judge(row, asked)
    if (judgement === 'repeated') return { status: 200, body: shown(row) }
    if (judgement === 'stale') return refuseStale(row)
    if (ifMatch === undefined) return answerOf(refusal('version-required'))
    if (`"${row.video.version}"` !== ifMatch) {
      return answerOf(refusal('version-mismatch', { video: shown(row) }))
    }
    return apply(row, row.video, patch, asked)
  }

  function apply(
    row: Row,
    { id, mediaId, ...video }: Video,
    { after, chapterId = video.chapterId, filename = video.filename, position }: VideoPatch,
    asked: Revision | undefined,
  ): ServerAnswer {
    if (!chapterIds.includes(chapterId)) return answerOf(refusal('not-found'))
    if (isOccupied(chapterId, mediaId, id)) return answerOf(refusal('asset-already-linked'))
    const others = everyVideo(chapterId).filter((other) => other.id !== id)
    const keys = new Map(
      position === undefined ? [] : rekeyForMove(others, { id, position }, after),
    )
    const ownKey = keys.get(id) ?? position ?? video.position
    keys.delete(id)
    storeKeys(keys)
    const version = video.version + 1
    row.video = { ...video, id, mediaId, chapterId, filename, position: ownKey, version }
    Object.assign(row, nextRevision(row, asked))
    return { status: 200, body: shown(row) }
  }

  function remove(id: string, now: Revision | undefined): ServerAnswer {
    const row = rows.get(id)
    if (!row) {
      rows.set(id, { ...emptyRow, isRemoved: true, revision: 1, ...now })
      return { status: 204 }
    }
    const judgement = judge(row, now)
    if (judgement === 'stale') return refuseStale(row)
    if (judgement === 'next' && (!row.isRemoved || now)) Object.assign(row, nextRevision(row, now))
    if (judgement === 'next') row.isRemoved = true
    return { status: 204 }
  }

  function restore(id: string, asked: Revision | undefined): ServerAnswer {
    const row = rows.get(id)
    if (row) return restoreRow(row, asked)
    if (!asked) return answerOf(refusal('not-found'))
    rows.set(id, { ...emptyRow, isRemoved: false, ...asked })
    return { status: 204 }
  }

  function restoreRow(row: Row, asked: Revision | undefined): ServerAnswer {
    const judgement = judge(row, asked)
    if (judgement === 'stale') return refuseStale(row)
    if (judgement === 'next' && (row.isRemoved || asked)) {
      if (!bringBack(row)) return answerOf(refusal('asset-already-linked'))
      Object.assign(row, nextRevision(row, asked))
    }
    return row.video ? { status: 200, body: shown(row) } : { status: 204 }
  }

  function bringBack(row: Row): boolean {
    if (row.isRemoved && row.video) {
      const { chapterId, mediaId, version } = row.video
      if (isOccupied(chapterId, mediaId)) return false
      row.video = { ...row.video, version: version + 1 }
    }
    row.isRemoved = false
    return true
  }

  function refuseStale(row: Row): ServerAnswer {
    const status = row.video ? 'linked' : 'vacant'
    const current: CurrentVideo = {
      status: row.isRemoved ? 'removed' : status,
      video: shown(row),
      revision: row.revision,
    }
    return answerOf(refusal('stale-revision', { current }))
  }

  function shortenKeys(chapterId: string) {
    const videos = everyVideo(chapterId)
    if (videos.some(isLongKey)) storeKeys(rekeyAll(videos))
  }

  function storeKeys(keys: NewKeys) {
    for (const [id, position] of keys) {
      const row = rows.get(id)
      if (row?.video) row.video = { ...row.video, position, version: row.video.version + 1 }
    }
  }

  return {
    list,
    link,
    /** An uploaded file is in the library from now on. */
    bring: (mediaId: string) => void durations.set(mediaId, 1),
    hasMedia: (mediaId: string) => durations.has(mediaId),
    isVacant: (id: string) => rows.get(id)?.video === null && !rows.get(id)?.isRemoved,
    /** Answers a request that is not a batch of links; those are linked one by one. */
    handle(request: ServerRequest): ServerAnswer {
      const { method, path, ifMatch, body } = request
      const [, , collection, id = '', rest] = path.split('/')
      if (collection === 'chapters' && method === 'GET') {
        return chapterIds.includes(id)
          ? { status: 200, body: { videos: list(id) } }
          : answerOf(refusal('not-found'))
      }
      const asked = readRevision(request)
      // The page's own requests fit the contract.
      if (method === 'PATCH') return change(id, ifMatch, body as VideoPatch, asked)
      if (method === 'DELETE') return remove(id, asked)
      if (method === 'POST' && rest === 'restore') return restore(id, asked)
      throw new Error(`The reference server does not know ${method} ${path}`)
    },
  }
}

const emptyRow = { video: null, linkedAs: '', revision: 0, page: null }

const readRevision = ({ revision, page }: ServerRequest): Revision | undefined =>
  revision === undefined || page === undefined ? undefined : { revision, page }

export function refusal(kind: ProblemKind, members: object = {}) {
  const problem = createProblem(kind, `Refused: ${kind}.`, members)
  return { status: problem.status, problem }
}

const answerOf = ({ status, problem }: ReturnType<typeof refusal>): ServerAnswer => ({
  status,
  body: problem,
})

function judge(row: Row, asked: Revision | undefined): 'repeated' | 'stale' | 'next' {
  if (!asked || asked.revision > row.revision) return 'next'
  return asked.revision === row.revision && asked.page === row.page ? 'repeated' : 'stale'
}

const nextRevision = (row: Row, asked: Revision | undefined) =>
  asked ?? { revision: row.revision + 1, page: null }
