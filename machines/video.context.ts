import type { Problem } from '#contract/problem.ts'
import type { Link, Video } from '#contract/videos.ts'
import {
  type Confirmed,
  type NextRequest,
  nextRequest,
  type Patch,
  type RequestKind,
  type Wanted,
} from './next-request.ts'

/** The link status that a row shows. */
export type LinkStatus = 'optimistic' | 'linking' | 'linked' | 'failed'

/** A video's status for its chapter. A video that is `removing` or `removed` has no row. */
export type VideoStatus = LinkStatus | 'removing' | 'removed'

/** `pending`: saved in the page, but not on the server yet. */
export type FilenameStatus = 'saved' | 'pending' | 'conflict' | 'unsaved'

/** A place in a chapter, for a move. */
export type Place = Pick<Wanted, 'chapterId' | 'position' | 'after'>

/** What a video's actor starts from: a pick (`version` 0) or a server row. */
export interface VideoInput extends Video {
  /** Its link was sent when it was picked, before its actor started. */
  isSent?: boolean
  /**
   * What has to finish before this video can be linked: another video of the same asset has to
   * leave the chapter (that video's id), or the file has to be uploaded (the asset's id).
   */
  blockedBy?: string | null
  /** The context that an earlier page kept, to resume from. */
  kept?: VideoContext
}

/** One request to the server. Every kind is safe to send again. */
export type VideoRequest = NextRequest & {
  id: string
  /** The chapter that the server last confirmed. */
  chapterId: string
  /** Orders the change among everyone's changes to the video; not sent with a link. */
  revision: number
  /** The number of this attempt, from 1. */
  attempt: number
  /** The content of a link. It never changes, so the id proves that a retry is the same link. */
  link: Link
}

/**
 * The server's state of a video, and the page's logical time when it was received. Fields that a
 * response leaves out have not changed.
 */
export interface ServerState extends Partial<Confirmed> {
  status: Confirmed['status']
  revision: number
  at: number
}

/**
 * The outcome of a request. `stale`: nothing changed, because someone else's change came first;
 * `server` is the state to continue from. `refused`: the same request would be refused again. A
 * request whose outcome is unknown (a cut connection, a missing response, a 5xx) rejects instead.
 */
export type RequestOutcome =
  | { outcome: 'confirmed' | 'stale'; server: ServerState }
  | { outcome: 'refused'; problem: Problem; revision?: number }

/**
 * What a request rejects with if a response arrived that leaves the outcome unknown, such as a 503
 * or a proxy's sign-in page. The message explains it to the user, in a sentence.
 */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError'
}

export interface VideoContext {
  id: string
  mediaId: string
  durationSeconds: number
  link: Link
  blockedBy: string | null
  wanted: Wanted
  confirmed: Confirmed
  /** The page's logical time when the server last confirmed this video; 0 for never. */
  confirmedAt: number
  /** Kinds of requests that may have arrived, but that no response accounts for. */
  unknown: RequestKind[]
  /** The request in flight. */
  request: VideoRequest | null
  /** How often the request has been sent. */
  attempt: number
  /** The reason that the last response gave, as a sentence; `null` if there was no response. */
  failure: string | null
  /** The highest revision that was sent or seen. */
  revision: number
  /** Names that the server may have even if nobody else has renamed the video. */
  ownNames: string[]
  /** Places that the server may have even if nobody else has moved the video. */
  ownPlaces: OwnPlace[]
  problem: Problem | null
  filenameProblem: Problem | null
  /** Why the last move was reverted. */
  placeProblem: Problem | null
}

type OwnPlace = Pick<Wanted, 'chapterId' | 'position'>

/**
 * The newest row that the page has from the server. Without a place, or while the video is being
 * moved, the confirmed place stays.
 */
export type SavedRow = Pick<Video, 'filename' | 'version' | 'revision'> & Partial<OwnPlace>

/** What a video reports to its chapter. */
export interface VideoReport
  extends Pick<
    VideoContext,
    | ('id' | 'mediaId' | 'durationSeconds' | 'blockedBy' | 'wanted' | 'confirmed' | 'confirmedAt')
    | ('problem' | 'placeProblem')
  > {
  status: VideoStatus
  filenameStatus: FilenameStatus
  /** The server has not confirmed the wanted place yet. */
  isMoving: boolean
}

/** How often a request is sent before its row shows a failure. Slow retries continue after that. */
export const maxAttempts = 5

/**
 * The context that a video's actor starts with.
 * @param input a pick, a server row, or a video with the context that an earlier page kept
 */
export function initialContext(input: VideoInput): VideoContext {
  const blockedBy = input.blockedBy ?? null
  if (input.kept) return { ...resumeContext(input.kept), blockedBy }
  const { id, mediaId, durationSeconds, filename, chapterId, position, version } = input
  return {
    id,
    mediaId,
    durationSeconds,
    link: { id, mediaId, filename, position },
    blockedBy,
    wanted: { isPresent: true, filename, chapterId, position },
    confirmed: {
      status: version > 0 ? 'linked' : 'unlinked',
      filename,
      chapterId,
      position,
      version,
      revision: input.revision,
    },
    confirmedAt: 0,
    unknown: input.isSent ? ['link'] : [],
    request: null,
    attempt: 0,
    failure: null,
    revision: input.revision,
    ownNames: [filename],
    ownPlaces: [{ chapterId, position }],
    problem: null,
    filenameProblem: null,
    placeProblem: null,
  }
}

/**
 * Resumes an earlier page's context. Its request in flight is already in `unknown`, and its logical
 * times mean nothing on this page. A link may have been released and sent after the context was
 * stored.
 */
const resumeContext = (kept: VideoContext): VideoContext => ({
  ...kept,
  unknown:
    kept.confirmed.status === 'unlinked' ? addUnknownOnce(kept.unknown, 'link') : kept.unknown,
  request: null,
  confirmedAt: 0,
})

const addUnknownOnce = (unknown: readonly RequestKind[], kind: RequestKind): RequestKind[] =>
  unknown.includes(kind) ? [...unknown] : [...unknown, kind]

/** Creates a video's report to its chapter. */
export function describeVideo(context: VideoContext): VideoReport {
  const { id, mediaId, durationSeconds, blockedBy, wanted, confirmed, confirmedAt } = context
  const { problem, placeProblem } = context
  return {
    id,
    mediaId,
    durationSeconds,
    blockedBy,
    wanted,
    confirmed,
    confirmedAt,
    problem,
    placeProblem,
    status: deriveVideoStatus(context),
    filenameStatus: filenameStatus(context),
    isMoving: isMoving(context),
  }
}

/** Whether a move is pending: the server has, or may have, another place than the wanted one. */
export const isMoving = ({ wanted, confirmed, ownPlaces }: VideoContext): boolean =>
  ownPlaces.length > 1 || !isSamePlace(wanted, confirmed)

/** Whether the video is being restored after a removal. */
export const isRestoring = ({ wanted, confirmed, unknown }: VideoContext): boolean =>
  nextRequest(wanted, confirmed, unknown)?.kind === 'restore'

/** Whether a response said that someone else removed the video itself, rather than its chapter. */
export const isRemovedElsewhere = ({ problem }: Pick<VideoContext, 'problem'>): boolean =>
  problem?.status === 410 && !isParentRemoved(problem)

/** Whether a problem says that the chapter was removed, alone or with its course. */
export const isParentRemoved = ({ status, type }: Problem): boolean =>
  status === 410 && type.endsWith('-removed')

/** Derives the link status that a row shows, or the progress of its removal. */
export function deriveVideoStatus(context: VideoContext): VideoStatus {
  const { wanted, confirmed, unknown, attempt, problem } = context
  const next = nextRequest(wanted, confirmed, unknown)
  if (!wanted.isPresent) return next ? 'removing' : 'removed'
  if (problem) return 'failed'
  if (next === null || next.kind === 'change') return 'linked'
  if (isExhausted(context)) return 'failed'
  const isKnown = confirmed.status === 'removed' || confirmed.revision > 0
  const isSent = attempt > 0 || unknown.length > 0 || isKnown
  return isSent ? 'linking' : 'optimistic'
}

/** Derives whether the server has the wanted name and, if not, whether a person has to act. */
export function filenameStatus(context: VideoContext): FilenameStatus {
  const { wanted, confirmed, ownNames, filenameProblem } = context
  if (wanted.filename === confirmed.filename) return mayBeRenamed(context) ? 'pending' : 'saved'
  if (filenameProblem) return 'unsaved'
  if (!ownNames.includes(confirmed.filename)) return 'conflict'
  return isExhausted(context) && !isLinkPending(context) ? 'unsaved' : 'pending'
}

/** Whether an outdated name may have arrived, which the wanted one then has to overwrite. */
const mayBeRenamed = ({ unknown, ownNames, confirmed }: VideoContext) =>
  unknown.includes('change') && ownNames.some((name) => name !== confirmed.filename)

/**
 * Whether so many attempts got no response that the row shows a failure. A slow retry in flight
 * does not change that.
 */
const isExhausted = ({ attempt, request }: VideoContext) =>
  attempt > maxAttempts || (attempt === maxAttempts && request === null)

function isLinkPending({ wanted, confirmed, unknown }: VideoContext): boolean {
  const next = nextRequest(wanted, confirmed, unknown)
  return next !== null && next.kind !== 'change'
}

/**
 * Returns the request to send now, if any. There is none while the video has a problem, or is
 * wanted but blocked, and a name that awaits a decision is held back.
 */
export function findSendableRequest(context: VideoContext): NextRequest | null {
  const { blockedBy, problem, filenameProblem, wanted, confirmed, unknown } = context
  if (problem || (blockedBy && wanted.isPresent)) return null
  const isHeld = filenameProblem !== null || filenameStatus(context) === 'conflict'
  const sendable = isHeld ? { ...wanted, filename: confirmed.filename } : wanted
  return nextRequest(sendable, confirmed, unknown)
}

/**
 * Computes how sending the next request changes a context. The request goes into `unknown`, because
 * it may have arrived even if no response does.
 * @throws {Error} when nothing is due
 */
export function startRequest(context: VideoContext): Partial<VideoContext> {
  const next = findSendableRequest(context)
  if (!next) throw new Error('There is nothing to send')
  const { id, link, wanted, confirmed, ownNames } = context
  const attempt = context.attempt + 1
  const revision = next.kind === 'link' ? context.revision : context.revision + 1
  const patch = next.kind === 'change' ? next.patch : {}
  return {
    request: { ...next, id, link, chapterId: confirmed.chapterId, revision, attempt },
    unknown: addUnknown(context.unknown, next.kind),
    // A name that awaits a decision is held back; the patch then has the server's name instead.
    ownNames: patch.filename === wanted.filename ? addName(ownNames, patch.filename) : ownNames,
    ownPlaces: addPlace(context.ownPlaces, patch),
    attempt,
    revision,
  }
}

/** Lists a kind up to twice, so that a refusal of the later request leaves the earlier one. */
const addUnknown = (unknown: readonly RequestKind[], kind: RequestKind) =>
  unknown.filter((sent) => sent === kind).length < 2 ? [...unknown, kind] : [...unknown]

const addName = (names: readonly string[], name: string | undefined) =>
  name === undefined || names.includes(name) ? [...names] : [...names, name]

function addPlace(places: readonly OwnPlace[], { chapterId, position }: Patch): OwnPlace[] {
  if (chapterId === undefined || position === undefined) return [...places]
  const isKnown = places.some((place) => isSamePlace(place, { chapterId, position }))
  return isKnown ? [...places] : [...places, { chapterId, position }]
}

/** The chapter and the position alone. */
export const toPlace = ({ chapterId, position }: OwnPlace): OwnPlace => ({ chapterId, position })

/** Whether both are the same position in the same chapter. */
export const isSamePlace = (a: Partial<OwnPlace>, b: Partial<OwnPlace>) =>
  a.chapterId === b.chapterId && a.position === b.position

/** Returns the `ownNames` to keep once the server is known to have this name. */
export const reconcileOwnNames = ({ unknown, ownNames }: VideoContext, filename: string) =>
  unknown.includes('change') ? addName(ownNames, filename) : [filename]

/**
 * Sets the wanted name. A person who enters the name that the server has must have seen it, so it
 * is no conflict, whoever it came from.
 */
export function wantFilename(context: VideoContext, filename: string): Partial<VideoContext> {
  const { wanted, confirmed, ownNames } = context
  return {
    wanted: { ...wanted, filename },
    ownNames: filename === confirmed.filename ? reconcileOwnNames(context, filename) : ownNames,
    filenameProblem: null,
    ...resetAttempts(context),
  }
}

/**
 * Sets the wanted place. A video that the server does not have is linked there: one that is blocked
 * has not been sent, and one whose chapter was removed can't have been accepted.
 */
export function wantPlace(context: VideoContext, place: Place): Partial<VideoContext> {
  const { blockedBy, confirmed, unknown, problem } = context
  const isLeavingRemoved =
    problem !== null && isParentRemoved(problem) && place.chapterId !== confirmed.chapterId
  const isUnsent = blockedBy !== null && unknown.length === 0
  const isLinkedThere = confirmed.status === 'unlinked' && (isUnsent || isLeavingRemoved)
  return {
    wanted: { ...dropAfter(context.wanted), ...place },
    placeProblem: null,
    ...resetAttempts(context),
    ...(isLeavingRemoved && { problem: null }),
    ...(isLinkedThere && linkElsewhere(context, place)),
  }
}

/** Lets a video that the server does not have be linked in another place. */
export const linkElsewhere = (
  { confirmed, link }: VideoContext,
  place: OwnPlace,
): Partial<VideoContext> => ({
  confirmed: { ...confirmed, ...toPlace(place) },
  ownPlaces: [toPlace(place)],
  link: { ...link, position: place.position },
})

/** Drops the video that this one was to follow. */
export function dropAfter({ after: _after, ...wanted }: Wanted): Wanted {
  return wanted
}

/** Resets the attempts for a new change, unless they count those of a link, removal or restore. */
export const resetAttempts = (context: VideoContext) =>
  isLinkPending(context) ? {} : { attempt: 0, failure: null }

/**
 * Adopts the row that the page shows, which may be newer than `confirmed`, when its editor opens or
 * its name is set from outside.
 */
export function adoptRow(context: VideoContext, saved: SavedRow): Partial<VideoContext> {
  const { wanted, confirmed } = context
  const { filename, version, revision } = saved
  const isOlder = version <= confirmed.version
  const mayBeOurs = context.unknown.includes('change') && context.ownNames.includes(filename)
  if (isOlder || mayBeOurs || wanted.filename !== confirmed.filename) return {}
  const { chapterId = confirmed.chapterId, position = confirmed.position } = saved
  const place = isMoving(context) ? null : { chapterId, position }
  return {
    confirmed: { ...confirmed, ...place, filename, version, revision },
    wanted: { ...wanted, ...place, filename },
    revision: Math.max(context.revision, revision),
    ownNames: reconcileOwnNames(context, filename),
    ...(place && { ownPlaces: [place] }),
  }
}
