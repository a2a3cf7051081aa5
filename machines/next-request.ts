/** What a person wants of a video: to be in a chapter or not, and its name and place there. */
export interface Wanted {
  isPresent: boolean
  filename: string
  chapterId: string
  /** The key that orders it in its chapter. */
  position: string
  /** The video it was moved after, for the server to tell equal keys apart; `null` to be first. */
  after?: string | null
}

/**
 * What the server last said of a video. `unlinked`: it has no such video. `removed`: it has, and
 * can restore it.
 */
export interface Confirmed {
  status: 'unlinked' | 'linked' | 'removed'
  filename: string
  chapterId: string
  position: string
  /** Counts the changes of the row, from 1; 0 while there is none. */
  version: number
  /** The highest revision that the server has applied. */
  revision: number
}

export type RequestKind = 'link' | 'change' | 'remove' | 'restore'

/** A change of a video's name and place; what is missing stays as it is. */
export type Patch = Partial<Omit<Wanted, 'isPresent'>>

/** The request that brings the server closer to what is wanted. */
export type NextRequest =
  | { kind: 'link' }
  | { kind: 'remove' }
  | { kind: 'restore' }
  | { kind: 'change'; patch: Patch; version: number }

/**
 * Names the request to send next. A new operation is an entry here; the machine that sends does not
 * know the kinds apart.
 * @param wanted what the person wants
 * @param confirmed what the server last said
 * @param unknown the kinds of requests that may have arrived and have no answer: whatever they
 *   could have done has to be overwritten, since a late one may still be applied
 * @returns `null` when the server has what is wanted, for certain
 */
export function nextRequest(
  wanted: Wanted,
  confirmed: Confirmed,
  unknown: readonly RequestKind[],
): NextRequest | null {
  // An id that a restoration has freed can be taken by a link that was sent before the removal.
  const { status, version, revision } = confirmed
  const isFreed = status === 'unlinked' && version === 0 && revision > 0
  const mayBeLinked =
    status === 'linked' || isFreed || unknown.includes('link') || unknown.includes('restore')
  const mayBeRemoved = status === 'removed' || unknown.includes('remove')
  if (!wanted.isPresent) return mayBeLinked ? { kind: 'remove' } : null
  if (mayBeRemoved) return { kind: 'restore' }
  if (status === 'unlinked') return { kind: 'link' }
  const patch = unknown.includes('change') ? wholePatch(wanted) : difference(wanted, confirmed)
  return patch ? { kind: 'change', patch, version } : null
}

function wholePatch({ filename, ...place }: Wanted): Patch {
  return { filename, ...placeOnly(place) }
}

function difference(wanted: Wanted, confirmed: Confirmed): Patch | null {
  const isRenamed = wanted.filename !== confirmed.filename
  const isMoved = wanted.chapterId !== confirmed.chapterId || wanted.position !== confirmed.position
  if (!isRenamed && !isMoved) return null
  return {
    ...(isRenamed && { filename: wanted.filename }),
    ...(isMoved && placeOnly(wanted)),
  }
}

const placeOnly = ({ chapterId, position, after }: Omit<Wanted, 'isPresent' | 'filename'>) => ({
  chapterId,
  position,
  ...(after !== undefined && { after }),
})
