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
  /** The number of a change among the changes of its video, and the page that requests it. */
  revision?: number | undefined
  page?: string | undefined
}

/** The body of a refusal is a problem. */
export interface ServerResponse {
  status: number
  body?: unknown
}

/** A row without a video was removed before its link arrived, and perhaps restored. */
interface Row {
  video: Video | null
  /** What it was linked with. */
  fingerprint: string
  isRemoved: boolean
  revision: number
  page: string | null
}

type Revision = { revision: number; page: string }

export type ReferenceServer = ReturnType<typeof createReferenceServer>

/**
 * The server's rules in their simplest form, without a database. Re-keying is the server's own
 * code. A test compares its responses with those of the real app.
 */
export function createReferenceServer(
  chapterIds: readonly string[],
  media: ReadonlyMap<string, number>,
) {
  const rows = new Map<string, Row>()
  const durations = new Map(media)

  const readVideo = ({ video, revision }: Row): Video | null => video && { ...video, revision }

  /** The videos of a chapter in order, including removed ones. */
  const listAll = (chapterId: string) =>
    [...rows.values()]
      .flatMap((row) => readVideo(row) ?? [])
      .filter((video) => video.chapterId === chapterId)
      .sort(comparePlaces)
      .map((video) => ({ ...video, isRemoved: rows.get(video.id)?.isRemoved ?? false }))

  const list = (chapterId: string): Video[] =>
    listAll(chapterId).flatMap(({ isRemoved, ...video }) => (isRemoved ? [] : [video]))

  const isOccupied = (chapterId: string, mediaId: string, exceptId?: string) =>
    list(chapterId).some((video) => video.mediaId === mediaId && video.id !== exceptId)

  function link(chapterId: string, { id, ...content }: Link): Exclude<LinkLine, { done: true }> {
    const { mediaId, filename, position } = content
    const fingerprint = JSON.stringify([chapterId, mediaId, filename, position])
    const row = rows.get(id)
    const durationSeconds = durations.get(mediaId)
    if (!chapterIds.includes(chapterId)) return { id, ...createRefusal('not-found') }
    if (row?.isRemoved) return { id, ...createRefusal('removed', { revision: row.revision }) }
    if (row?.video && row.fingerprint === fingerprint) {
      return { id, status: 200, video: { ...row.video, revision: row.revision } }
    }
    if (row?.video) return { id, ...createRefusal('id-reused') }
    if (durationSeconds === undefined) return { id, ...createRefusal('media-not-found') }
    if (isOccupied(chapterId, mediaId)) return { id, ...createRefusal('asset-already-linked') }
    const revision = row?.revision ?? 0
    const video: Video = { id, chapterId, ...content, version: 1, revision, durationSeconds }
    const linked = { video, fingerprint, isRemoved: false, revision, page: row?.page ?? null }
    rows.set(id, linked)
    shortenKeys(chapterId)
    return { id, status: 201, video: linked.video }
  }

  function change(
    id: string,
    ifMatch: string | undefined,
    patch: VideoPatch,
    requested: Revision | undefined,
  ): ServerResponse {
    const row = rows.get(id)
    if (row?.isRemoved) return refuse('removed', { revision: row.revision })
    if (!row?.video) return refuse('not-found')
    const comparison = compareRevision(row, requested)
    if (comparison === 'repeated') return { status: 200, body: readVideo(row) }
    if (comparison === 'stale') return refuseStale(row)
    if (ifMatch === undefined) return refuse('version-required')
    if (`"${row.video.version}"` !== ifMatch) {
      return refuse('version-mismatch', { video: readVideo(row) })
    }
    return apply(row, row.video, patch, requested)
  }

  function apply(
    row: Row,
    { id, mediaId, ...video }: Video,
    { after, chapterId = video.chapterId, filename = video.filename, position }: VideoPatch,
    requested: Revision | undefined,
  ): ServerResponse {
    if (!chapterIds.includes(chapterId)) return refuse('not-found')
    if (isOccupied(chapterId, mediaId, id)) return refuse('asset-already-linked')
    const others = listAll(chapterId).filter((other) => other.id !== id)
    const keys = new Map(
      position === undefined ? [] : rekeyForMove(others, { id, position }, after),
    )
    const ownKey = keys.get(id) ?? position ?? video.position
    keys.delete(id)
    storeKeys(keys)
    const version = video.version + 1
    row.video = { ...video, id, mediaId, chapterId, filename, position: ownKey, version }
    Object.assign(row, nextRevision(row, requested))
    return { status: 200, body: readVideo(row) }
  }

  function remove(id: string, requested: Revision | undefined): ServerResponse {
    const row = rows.get(id)
    if (!row) {
      rows.set(id, { ...emptyRow, isRemoved: true, revision: 1, ...requested })
      return { status: 204 }
    }
    const comparison = compareRevision(row, requested)
    if (comparison === 'stale') return refuseStale(row)
    if (comparison === 'next') {
      if (!row.isRemoved || requested) Object.assign(row, nextRevision(row, requested))
      row.isRemoved = true
    }
    return { status: 204 }
  }

  function restore(id: string, requested: Revision | undefined): ServerResponse {
    const row = rows.get(id)
    if (row) return restoreRow(row, requested)
    if (!requested) return refuse('not-found')
    rows.set(id, { ...emptyRow, isRemoved: false, ...requested })
    return { status: 204 }
  }

  function restoreRow(row: Row, requested: Revision | undefined): ServerResponse {
    const comparison = compareRevision(row, requested)
    if (comparison === 'stale') return refuseStale(row)
    if (comparison === 'next' && (row.isRemoved || requested)) {
      if (!restoreVideo(row)) return refuse('asset-already-linked')
      Object.assign(row, nextRevision(row, requested))
    }
    return row.video ? { status: 200, body: readVideo(row) } : { status: 204 }
  }

  function restoreVideo(row: Row): boolean {
    if (row.isRemoved && row.video) {
      const { chapterId, mediaId, version } = row.video
      if (isOccupied(chapterId, mediaId)) return false
      row.video = { ...row.video, version: version + 1 }
    }
    row.isRemoved = false
    return true
  }

  function refuseStale(row: Row): ServerResponse {
    const status = row.video ? 'linked' : 'vacant'
    const current: CurrentVideo = {
      status: row.isRemoved ? 'removed' : status,
      video: readVideo(row),
      revision: row.revision,
    }
    return refuse('stale-revision', { current })
  }

  function shortenKeys(chapterId: string) {
    const videos = listAll(chapterId)
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
    /** Adds an uploaded file to the library. */
    addMedia: (mediaId: string) => void durations.set(mediaId, 1),
    hasMedia: (mediaId: string) => durations.has(mediaId),
    isVacant: (id: string) => rows.get(id)?.video === null && !rows.get(id)?.isRemoved,
    /** Handles any request but a batch of links, which are linked one by one. */
    handle(request: ServerRequest): ServerResponse {
      const { method, path, ifMatch, body } = request
      const [, , collection, id = '', rest] = path.split('/')
      if (collection === 'chapters' && method === 'GET') {
        return chapterIds.includes(id)
          ? { status: 200, body: { videos: list(id) } }
          : refuse('not-found')
      }
      const requested = readRevision(request)
      // The page's requests fit the contract.
      if (method === 'PATCH') return change(id, ifMatch, body as VideoPatch, requested)
      if (method === 'DELETE') return remove(id, requested)
      if (method === 'POST' && rest === 'restore') return restore(id, requested)
      throw new Error(`The reference server does not implement ${method} ${path}`)
    },
  }
}

const emptyRow = { video: null, fingerprint: '', revision: 0, page: null }

const readRevision = ({ revision, page }: ServerRequest): Revision | undefined =>
  revision === undefined || page === undefined ? undefined : { revision, page }

export function createRefusal(kind: ProblemKind, members: object = {}) {
  const problem = createProblem(kind, `Refused: ${kind}.`, members)
  return { status: problem.status, problem }
}

export function refuse(kind: ProblemKind, members?: object): ServerResponse {
  const { status, problem } = createRefusal(kind, members)
  return { status, body: problem }
}

/** Compares a change with the last one, as the server does. */
function compareRevision(row: Row, requested: Revision | undefined): 'repeated' | 'stale' | 'next' {
  if (!requested || requested.revision > row.revision) return 'next'
  const isSame = requested.revision === row.revision && requested.page === row.page
  return isSame ? 'repeated' : 'stale'
}

const nextRevision = (row: Row, requested: Revision | undefined) =>
  requested ?? { revision: row.revision + 1, page: null }
