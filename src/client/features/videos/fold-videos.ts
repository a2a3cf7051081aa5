import type { Video } from '#contract/videos.ts'
import type { LinkStatus } from '#machines/video.machine.ts'
import type { VideoList } from './api/list-videos.ts'

/** What a video's actor knows that the server's list may not know yet. `filename` and `version` are as last confirmed to it. */
export interface PendingVideo extends Video {
  /** `removed` is shown nowhere. */
  status: LinkStatus | 'removed'
  /** The page's logical time of the last confirmation; 0 for none. */
  confirmedAt: number
  /** A saved name that the server has not confirmed. */
  pendingFilename: string | null
  /** Its name is being edited, or could not be saved: what was typed would be lost with the row. */
  holdsText: boolean
}

/** A row of the page. */
export interface ShownVideo extends Video {
  status: LinkStatus
  /** The newest name that the server has, where `filename` is one that still waits. */
  savedFilename: string
  /** Removed by somebody else, and kept for the text that is typed here. */
  isRemovedElsewhere: boolean
}

/**
 * The rows to show: what the server listed, and over it what the actors know.
 * - A video that is pending is shown until the list has its id, at its version or later.
 * - A list that was asked for after a video was confirmed, and lacks it, says that it was removed elsewhere.
 * - Of two revisions the later one is shown: a removal counts it up, and leaves the version as it is.
 * - A saved name is shown over the server's until it is confirmed; so is a confirmed one over an older list.
 * @param list what the server said last; `undefined` while it has not said anything
 * @param pending in any order, at most one for an id
 * @returns one row for an id, in the order of the server: by position, then by id
 */
export function foldVideos(
  list: VideoList | undefined,
  pending: Iterable<PendingVideo>,
): ShownVideo[] {
  const pendingById = new Map([...pending].map((video) => [video.id, video]))
  const rows = list?.videos ?? []
  const listed = rows.map((row) => foldVideo(row, pendingById.get(row.id), list))
  for (const { id } of rows) pendingById.delete(id)
  const unlisted = [...pendingById.values()].map((video) => foldVideo(undefined, video, list))
  return [...listed, ...unlisted].filter((video) => video !== null).sort(inOrder)
}

/** One row of the fold, from the server's row and the actor's knowledge, where they exist; `null` for none. */
export function foldVideo(
  row: Video | undefined,
  pending: PendingVideo | undefined,
  list: Pick<VideoList, 'askedAt'> | undefined,
): ShownVideo | null {
  if (!pending) return row ? shown(row, 'linked') : null
  const { status, pendingFilename } = pending
  if (status === 'removed') return null
  const isRemovedElsewhere =
    !row && status === 'linked' && list !== undefined && list.askedAt > pending.confirmedAt
  if (isRemovedElsewhere && !pending.holdsText) return null
  const newest = row && row.version >= pending.version ? row : pending
  const video = shown(newest, status)
  return {
    ...video,
    revision: Math.max(row?.revision ?? 0, pending.revision),
    filename: pendingFilename ?? video.filename,
    isRemovedElsewhere,
  }
}

/** Compares two places as the server does: by position, byte by byte, then by id. */
export function inOrder(one: Video, other: Video): number {
  return compare(one.position, other.position) || compare(one.id, other.id)
}

const compare = (one: string, other: string) => Number(one > other) - Number(one < other)

function shown(
  { id, chapterId, mediaId, filename, position, version, revision, durationSeconds }: Video,
  status: LinkStatus,
): ShownVideo {
  return {
    id,
    chapterId,
    mediaId,
    filename,
    position,
    version,
    revision,
    durationSeconds,
    status,
    savedFilename: filename,
    isRemovedElsewhere: false,
  }
}
