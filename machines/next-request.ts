/** The state a person wants for a video: present or not, and its name and place. */
export interface Wanted {
  isPresent: boolean
  filename: string
  chapterId: string
  /** The order key within the chapter. */
  position: string
  /** The video it was moved after, so the server can break ties between keys; `null` for first. */
  after?: string | null
}

/**
 * A video's state as the server last reported it. `unlinked`: the server has no such video.
 * `removed`: the server can restore it.
 */
export interface Confirmed {
  status: 'unlinked' | 'linked' | 'removed'
  filename: string
  chapterId: string
  position: string
  /** The row's version, from 1; 0 while there is no row. */
  version: number
  /** The highest revision that the server has applied. */
  revision: number
}

export type RequestKind = 'link' | 'change' | 'remove' | 'restore'

/** A change to a video's name and place; missing fields stay as they are. */
export type Patch = Partial<Omit<Wanted, 'isPresent'>>

/** The request that brings the server closer to the wanted state. */
export type NextRequest =
  | { kind: 'link' }
  | { kind: 'remove' }
  | { kind: 'restore' }
  | { kind: 'change'; patch: Patch; version: number }

/**
 * Decides which request to send next. The machine's request loop sends every kind alike, but a new
 * kind also has to be considered wherever kinds differ: in `apply-outcome.ts` and
 * `video.context.ts`, in the guard `isObsolete` of `video.machine.ts`, and in the effect
 * `sendRequest`. A new event that asks for it needs a case in `anticipate.ts`.
 * @param wanted what the person wants
 * @param confirmed what the server last reported
 * @param unknown the kinds of requests that may have arrived but have no response; their possible
 *   effects have to be overwritten, because a late one may still be applied
 * @returns `null` if the server certainly has the wanted state
 */
export function nextRequest(
  wanted: Wanted,
  confirmed: Confirmed,
  unknown: readonly RequestKind[],
): NextRequest | null {
  // Once a restore has freed the id, a link that was sent before the removal can still take it.
  const { status, version, revision } = confirmed
  const isFreed = status === 'unlinked' && version === 0 && revision > 0
  const mayBeLinked =
    status === 'linked' || isFreed || unknown.includes('link') || unknown.includes('restore')
  const mayBeRemoved = status === 'removed' || unknown.includes('remove')
  if (!wanted.isPresent) return mayBeLinked ? { kind: 'remove' } : null
  if (mayBeRemoved) return { kind: 'restore' }
  if (status === 'unlinked') return { kind: 'link' }
  const patch = unknown.includes('change')
    ? createFullPatch(wanted)
    : createPatch(wanted, confirmed)
  return patch ? { kind: 'change', patch, version } : null
}

function createFullPatch({ filename, ...place }: Wanted): Patch {
  return { filename, ...pickPlace(place) }
}

function createPatch(wanted: Wanted, confirmed: Confirmed): Patch | null {
  const isRenamed = wanted.filename !== confirmed.filename
  const isMoved = wanted.chapterId !== confirmed.chapterId || wanted.position !== confirmed.position
  if (!isRenamed && !isMoved) return null
  return {
    ...(isRenamed && { filename: wanted.filename }),
    ...(isMoved && pickPlace(wanted)),
  }
}

const pickPlace = ({ chapterId, position, after }: Omit<Wanted, 'isPresent' | 'filename'>) => ({
  chapterId,
  position,
  ...(after !== undefined && { after }),
})
