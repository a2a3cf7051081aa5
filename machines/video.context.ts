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

/** What a row shows of its link. */
export type LinkStatus = 'optimistic' | 'linking' | 'linked' | 'failed'

/** A link's status for its chapter; a video that is being removed or is removed has no row. */
export type VideoStatus = LinkStatus | 'removing' | 'removed'

/** `pending`: saved here, and not on the server yet. */
export type FilenameStatus = 'saved' | 'pending' | 'conflict' | 'unsaved'

/** A place in a chapter, for a move. */
export type Place = Pick<Wanted, 'chapterId' | 'position' | 'after'>

/** What a video's actor starts from: a pick (`version` 0), or a server row. */
export interface VideoInput extends Video {
  /** Its link was sent when it was picked, ahead of its actor. */
  isSent?: boolean
  /**
   * What has to be over before this one can be linked: the removal of another video of the same
   * asset, by the video's id, or the upload of its file, by the asset's.
   */
  blockedBy?: string | null
  /** What an earlier page knew of it, to go on from. */
  kept?: VideoContext
}

/** One request to the server. Every kind can be sent again without doing harm. */
export type VideoRequest = NextRequest & {
  id: string
  /** The chapter that the server last confirmed. */
  chapterId: string
  /** Orders this page's changes of the video among everyone's; links have none. */
  revision: number
  /** Counts the tries from 1. */
  attempt: number
  /** What a link is made of: the same for each try, so that the id stays its proof. */
  link: Link
}

/**
 * What the server has, and the page's logical time of that knowledge. What an answer leaves out is
 * as it was.
 */
export interface ServerState extends Partial<Confirmed> {
  status: Confirmed['status']
  revision: number
  at: number
}

/**
 * What came of a request. `stale`: nothing changed, since somebody else was faster; the server's
 * state says what to go on from. `refused`: the same request would be refused again. A request
 * whose outcome is unknown (a cut connection, a missing answer, a 5xx) rejects instead.
 */
export type RequestOutcome =
  | { outcome: 'confirmed' | 'stale'; server: ServerState }
  | { outcome: 'refused'; problem: Problem; revision?: number }

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
  /** Requests that may have arrived, without an answer that tells of them. */
  unknown: RequestKind[]
  /** The request in flight. */
  request: VideoRequest | null
  /** How often the request was tried. */
  attempt: number
  /** The highest revision that was sent or seen. */
  revision: number
  /** Names that the server may have without anybody else having renamed the video. */
  ownNames: string[]
  /** Places that the server may have without anybody else having moved the video. */
  ownPlaces: OwnPlace[]
  problem: Problem | null
  filenameProblem: Problem | null
  /** Why the last move went back. */
  placeProblem: Problem | null
}

type OwnPlace = Pick<Wanted, 'chapterId' | 'position'>

/**
 * The newest row that the page has from the server. Without a place, or while the video is being
 * moved, it stands where it stood.
 */
export type SavedRow = Pick<Video, 'filename' | 'version' | 'revision'> & Partial<OwnPlace>

/** What a chapter knows of one of its videos. */
export interface VideoReport
  extends Pick<
    VideoContext,
    'id' | 'mediaId' | 'durationSeconds' | 'blockedBy' | 'wanted' | 'confirmed' | 'confirmedAt'
  > {
  status: VideoStatus
  filenameStatus: FilenameStatus
  /** On its way to the wanted place. */
  isMoving: boolean
}

/** How often a request is sent before the row says that it failed; slower retries go on. */
export const maxAttempts = 5

/**
 * The context that a video's actor starts with.
 * @param input a pick, a server row, or what an earlier page has kept
 */
export function initialContext(input: VideoInput): VideoContext {
  const blockedBy = input.blockedBy ?? null
  if (input.kept) return { ...resumedContext(input.kept), blockedBy }
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
    revision: input.revision,
    ownNames: [filename],
    ownPlaces: [{ chapterId, position }],
    problem: null,
    filenameProblem: null,
    placeProblem: null,
  }
}

/**
 * What an earlier page knew. Its request in flight may have arrived, as `unknown` says already; its
 * logical time was another one.
 */
const resumedContext = (kept: VideoContext): VideoContext => ({
  ...kept,
  request: null,
  confirmedAt: 0,
})

/** What a chapter knows of a video in this context. */
export function describeVideo(context: VideoContext): VideoReport {
  const { id, mediaId, durationSeconds, blockedBy, wanted, confirmed, confirmedAt } = context
  return {
    id,
    mediaId,
    durationSeconds,
    blockedBy,
    wanted,
    confirmed,
    confirmedAt,
    status: videoStatus(context),
    filenameStatus: filenameStatus(context),
    isMoving: isMoving(context),
  }
}

/** Whether the server does not have the wanted place, or may have another one. */
export const isMoving = ({ wanted, confirmed, ownPlaces }: VideoContext): boolean =>
  ownPlaces.length > 1 || !isSamePlace(wanted, confirmed)

/** Whether a video in this context is on its way back from a removal. */
export const isRestoring = ({ wanted, confirmed, unknown }: VideoContext): boolean =>
  nextRequest(wanted, confirmed, unknown)?.kind === 'restore'

/** Whether an answer said that somebody else has removed the video itself, not its place. */
export const isRemovedElsewhere = ({ problem }: VideoContext): boolean =>
  problem?.status === 410 && !isPlaceRemoved(problem)

/** Whether a problem is that the chapter was removed, by itself or with its course. */
export const isPlaceRemoved = ({ status, type }: Problem): boolean =>
  status === 410 && type.endsWith('-removed')

/** What a row shows of its link in this context, or how far its removal is. */
export function videoStatus(context: VideoContext): VideoStatus {
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

/** Whether the wanted name is the server's, and if not, whether it waits for a person. */
export function filenameStatus(context: VideoContext): FilenameStatus {
  const { wanted, confirmed, ownNames, filenameProblem } = context
  if (wanted.filename === confirmed.filename) return mayBeRenamed(context) ? 'pending' : 'saved'
  if (filenameProblem) return 'unsaved'
  if (!ownNames.includes(confirmed.filename)) return 'conflict'
  return isExhausted(context) && !isLinkPending(context) ? 'unsaved' : 'pending'
}

/** Whether a name that nobody wants any more may have arrived: the wanted one has to follow it. */
const mayBeRenamed = ({ unknown, ownNames, confirmed }: VideoContext) =>
  unknown.includes('change') && ownNames.some((name) => name !== confirmed.filename)

/**
 * Tried so often without an answer that the row says so; a slow retry in flight changes nothing.
 */
const isExhausted = ({ attempt, request }: VideoContext) =>
  attempt > maxAttempts || (attempt === maxAttempts && request === null)

function isLinkPending({ wanted, confirmed, unknown }: VideoContext): boolean {
  const next = nextRequest(wanted, confirmed, unknown)
  return next !== null && next.kind !== 'change'
}

/**
 * What to send now: nothing while a person has to decide, and no name that waits for a decision.
 */
export function dueRequest(context: VideoContext): NextRequest | null {
  const { blockedBy, problem, filenameProblem, wanted, confirmed, unknown } = context
  if (blockedBy || problem) return null
  const isHeld = filenameProblem !== null || filenameStatus(context) === 'conflict'
  const sendable = isHeld ? { ...wanted, filename: confirmed.filename } : wanted
  return nextRequest(sendable, confirmed, unknown)
}

/**
 * The changes to a context as its next request is sent: until it is answered, what was sent may
 * have arrived.
 * @throws {Error} when nothing is due
 */
export function startRequest(context: VideoContext): Partial<VideoContext> {
  const next = dueRequest(context)
  if (!next) throw new Error('There is nothing to send')
  const { id, link, wanted, confirmed, ownNames } = context
  const attempt = context.attempt + 1
  const revision = next.kind === 'link' ? context.revision : context.revision + 1
  const patch = next.kind === 'change' ? next.patch : {}
  return {
    request: { ...next, id, link, chapterId: confirmed.chapterId, revision, attempt },
    unknown: noteSent(context.unknown, next.kind),
    // A name that waits for a decision is held back; the server's goes in its place.
    ownNames: patch.filename === wanted.filename ? union(ownNames, patch.filename) : ownNames,
    ownPlaces: unionOfPlaces(context.ownPlaces, patch),
    attempt,
    revision,
  }
}

/** One that was sent before is noted twice, so that a refusal takes back the later one alone. */
const noteSent = (unknown: readonly RequestKind[], kind: RequestKind) =>
  unknown.filter((one) => one === kind).length < 2 ? [...unknown, kind] : [...unknown]

const union = (names: readonly string[], name: string | undefined) =>
  name === undefined || names.includes(name) ? [...names] : [...names, name]

function unionOfPlaces(places: readonly OwnPlace[], { chapterId, position }: Patch): OwnPlace[] {
  if (chapterId === undefined || position === undefined) return [...places]
  const isKnown = places.some((place) => isSamePlace(place, { chapterId, position }))
  return isKnown ? [...places] : [...places, { chapterId, position }]
}

/** The chapter and the position alone. */
export const placeOf = ({ chapterId, position }: OwnPlace): OwnPlace => ({ chapterId, position })

/** Whether both are the same position in the same chapter. */
export const isSamePlace = (one: Partial<OwnPlace>, other: Partial<OwnPlace>) =>
  one.chapterId === other.chapterId && one.position === other.position

/** The names that are ours once the server is known to have this one. */
export const ownNamesAt = ({ unknown, ownNames }: VideoContext, filename: string) =>
  unknown.includes('change') ? union(ownNames, filename) : [filename]

/** A new name. Whoever gives the server's own name has seen it, whoever it was from. */
export function wantFilename(context: VideoContext, filename: string): Partial<VideoContext> {
  const { wanted, confirmed, ownNames } = context
  return {
    wanted: { ...wanted, filename },
    ownNames: filename === confirmed.filename ? ownNamesAt(context, filename) : ownNames,
    filenameProblem: null,
    ...restartedFor(context),
  }
}

/** A place without the video that it was to follow. */
export function unordered({ after: _after, ...wanted }: Wanted): Wanted {
  return wanted
}

/** Attempts start over for something new, unless they count the tries of a link or a removal. */
export const restartedFor = (context: VideoContext) =>
  isLinkPending(context) ? {} : { attempt: 0 }

/**
 * An editor opens over the row as the page shows it, which may be newer than what was confirmed
 * here.
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
    ownNames: ownNamesAt(context, filename),
    ...(place && { ownPlaces: [place] }),
  }
}
