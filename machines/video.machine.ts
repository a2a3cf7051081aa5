import {
  assign,
  type DoneActorEvent,
  type ErrorActorEvent,
  fromPromise,
  sendParent,
  setup,
} from 'xstate'
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

/** What a video's actor starts from: a pick (`version` 0), or a row of the server's list. */
export interface VideoInput extends Video {
  /** Its link was sent when it was picked, ahead of its actor. */
  isSent?: boolean
  /** The video of the same asset whose removal has to arrive before this one can be linked. */
  blockedBy?: string | null
}

/** One request to the server. Every kind can be sent again without doing harm. */
export type VideoRequest = NextRequest & {
  id: string
  /** The chapter whose list shows the video. */
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
  /** Requests that may have arrived and have no answer. */
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

export type VideoEvent =
  | { type: 'video.retry' }
  | { type: 'video.remove' }
  | { type: 'video.restore' }
  | { type: 'video.move'; place: Place }
  | { type: 'video.edit'; saved: SavedRow }
  | { type: 'video.cancel' }
  | { type: 'video.rename'; filename: string }
  | { type: 'video.setFilename'; filename: string; saved: SavedRow }
  | { type: 'rename.retry' }
  | { type: 'rename.discard' }
  | { type: 'rename.keepMine' }
  | { type: 'rename.takeTheirs' }

/** The newest row that the page has from the server. */
export type SavedRow = Pick<Video, 'filename' | 'version' | 'revision'>

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

/** What a video tells the chapter that spawned it. */
export type VideoChildEvent =
  | { type: 'video.reported'; video: VideoReport }
  | { type: 'editor.reported'; id: string; isOpen: boolean }

/** What a row asks of its video's state. */
export type VideoTag = VideoStatus | 'retrying' | 'editing' | 'conflict' | 'unsaved'

type RequestEvent = DoneActorEvent<RequestOutcome, 'request'> | ErrorActorEvent

/** How often a request is sent before the row says that it failed; slower retries go on. */
export const maxAttempts = 5

/**
 * One linked video. What is wanted of it and what the server has confirmed are data; `nextRequest`
 * names what to send, and the region `request` sends it until both agree. `link` and `filename` are
 * what the row shows, and never disturb each other: a name can be typed and saved while the link is
 * in flight, fails and is retried. Effects come by `.provide()`; an effect that rejects has an
 * unknown outcome.
 */
export const videoMachine = setup({
  types: {
    input: {} as VideoInput,
    context: {} as VideoContext,
    events: {} as VideoEvent | { type: 'video.release' } | RequestEvent,
    tags: {} as VideoTag,
  },
  actors: {
    connectionReady: fromPromise<void, { attempt: number }>(() =>
      mustBeProvided('connectionReady'),
    ),
    sendRequest: fromPromise<RequestOutcome, VideoRequest>(() => mustBeProvided('sendRequest')),
  },
  delays: {
    answerTimeout: 30_000,
    backoff: ({ context }) => backoffAfter(context.attempt),
  },
  guards: {
    isSent: ({ context }) => videoStatus(context) === 'linking',
    isLinked: ({ context }) => videoStatus(context) === 'linked',
    hasFailed: ({ context }) => videoStatus(context) === 'failed',
    isRemoved: ({ context }) => videoStatus(context) === 'removed',
    isWanted: ({ context }) => context.wanted.isPresent,
    isConflict: ({ context }) => filenameStatus(context) === 'conflict',
    isUnsaved: ({ context }) => filenameStatus(context) === 'unsaved',
    isSettled: ({ context }) => ['saved', 'pending'].includes(filenameStatus(context)),
    hasRequest: ({ context }) => dueRequest(context) !== null,
    isObsolete: ({ context: { request, wanted } }) =>
      !wanted.isPresent && (request?.kind === 'link' || request?.kind === 'change'),
    needsNoWait: ({ context }) => context.attempt === 0 || dueRequest(context) === null,
    isStaleTooOften: ({ context, event }) =>
      context.attempt >= maxAttempts && outcomeIn(event)?.outcome === 'stale',
  },
  actions: {
    report: sendParent(({ context }) => ({
      type: 'video.reported',
      video: describeVideo(context),
    })),
    reportEditor: sendParent(({ context }, { isOpen }: { isOpen: boolean }) => ({
      type: 'editor.reported',
      id: context.id,
      isOpen,
    })),
    release: assign({ blockedBy: null }),
    restartAttempts: assign({ attempt: 0, problem: null }),
    wantAbsent: assign(({ context }) => ({
      wanted: { ...context.wanted, isPresent: false },
      attempt: 0,
      problem: null,
    })),
    wantPresent: assign(({ context }) => ({
      wanted: { ...context.wanted, isPresent: true },
      attempt: 0,
      problem: null,
    })),
    assumeRemoved: assign(({ context }) => ({
      confirmed: { ...context.confirmed, status: 'removed' as const },
    })),
    wantPlace: assign(({ context, event }) =>
      event.type === 'video.move'
        ? {
            wanted: { ...unordered(context.wanted), ...event.place },
            placeProblem: null,
            ...restartedFor(context),
          }
        : {},
    ),
    wantFilename: assign(({ context, event }) =>
      event.type === 'video.rename' || event.type === 'video.setFilename'
        ? wantFilename(context, event.filename)
        : {},
    ),
    wantSavedFilename: assign(({ context }) => ({
      wanted: { ...context.wanted, filename: context.confirmed.filename },
      ownNames: ownNamesAt(context, context.confirmed.filename),
      filenameProblem: null,
      ...restartedFor(context),
    })),
    overwriteTheirs: assign(({ context }) => ({
      ownNames: [...context.ownNames, context.confirmed.filename],
      ...restartedFor(context),
    })),
    retryFilename: assign(({ context }) => ({ filenameProblem: null, ...restartedFor(context) })),
    adoptRow: assign(({ context, event }) =>
      event.type === 'video.edit' || event.type === 'video.setFilename'
        ? adoptRow(context, event.saved)
        : {},
    ),
    startRequest: assign(({ context }) => startRequest(context)),
    dropRequest: assign({ request: null }),
    applyOutcome: assign(({ context, event }) => applyOutcome(context, outcomeIn(event))),
  },
}).createMachine({
  id: 'video',
  description: 'One media asset’s place in one chapter, from the pick to the server and back.',
  context: ({ input }) => initialContext(input),
  type: 'parallel',
  on: {
    'video.move': {
      actions: ['wantPlace', 'report'],
      description: 'Moved: shown in its new place at once.',
    },
  },
  states: {
    link: {
      description: 'What the row shows of the link between the asset and the chapter.',
      initial: 'optimistic',
      on: {
        'video.remove': {
          guard: 'isWanted',
          target: '.removing',
          actions: ['wantAbsent', 'report'],
          description: 'Removed: gone from the page at once, with a way back.',
        },
      },
      states: {
        optimistic: {
          description: 'Shown in the chapter; its request has not been sent yet.',
          tags: ['optimistic'],
          always: [
            { guard: 'isSent', target: 'linking', description: 'The link is on its way.' },
            { guard: 'isLinked', target: 'linked', description: 'The server has it already.' },
          ],
        },
        linking: {
          description: 'On its way to the server, for the first time or again.',
          tags: ['linking'],
          always: [
            { guard: 'isLinked', target: 'linked', description: 'The server confirmed it.' },
            {
              guard: 'hasFailed',
              target: 'failed',
              description: 'Refused, or without an answer for too long.',
            },
          ],
          on: {
            'video.retry': {
              actions: 'restartAttempts',
              description: 'Tries again without waiting.',
            },
          },
        },
        linked: {
          description: 'The server has it.',
          tags: ['linked'],
          always: {
            guard: 'hasFailed',
            target: 'failed',
            description: 'It was removed elsewhere, as the answer to a change says.',
          },
          on: {
            'video.restore': {
              target: 'optimistic',
              actions: ['assumeRemoved', 'wantPresent', 'report'],
              description: 'It was removed elsewhere: bring it back.',
            },
          },
        },
        failed: {
          description: 'Refused, or without an answer for too long. Keeps its place and its name.',
          tags: ['failed'],
          always: [
            { guard: 'isLinked', target: 'linked', description: 'A slow retry got through.' },
            {
              guard: 'isSent',
              target: 'linking',
              description: 'A slow retry found that it has to be linked anew.',
            },
          ],
          on: {
            'video.retry': {
              target: 'optimistic',
              actions: ['restartAttempts', 'report'],
              description: 'The same id again, so that no duplicate can come of it.',
            },
          },
        },
        removing: {
          description: 'Gone from the page; the server is told, for as long as it takes.',
          tags: ['removing'],
          always: [
            {
              guard: 'isRemoved',
              target: 'removed',
              description: 'The server does not have it, and will not take its link any more.',
            },
            {
              guard: 'hasFailed',
              target: 'failed',
              description: 'The server refused to remove it: the row comes back.',
            },
          ],
          on: {
            'video.restore': {
              target: 'optimistic',
              actions: ['wantPresent', 'report'],
              description: 'Undone: it is back on the page, and the server follows.',
            },
          },
        },
        removed: {
          description: 'Removed here and on the server; can be undone.',
          tags: ['removed'],
          on: {
            'video.restore': {
              target: 'optimistic',
              actions: ['wantPresent', 'report'],
              description: 'Undone: it comes back with its id, name and place.',
            },
          },
        },
      },
    },
    filename: {
      description: 'The name that the row shows, and what becomes of a new one.',
      initial: 'viewing',
      on: {
        'video.setFilename': {
          actions: ['adoptRow', 'wantFilename', 'report'],
          description:
            'Named from outside its row, by a change of many or an undo; an editor stays open.',
        },
      },
      states: {
        viewing: {
          description: 'No editor is open. A saved name may be on its way.',
          always: [
            {
              guard: 'isConflict',
              target: 'conflict',
              description: 'Somebody else renamed it since the editor was opened.',
            },
            {
              guard: 'isUnsaved',
              target: 'unsaved',
              description: 'The new name was refused, or has no answer for too long.',
            },
          ],
          on: {
            'video.edit': {
              target: 'editing',
              actions: ['adoptRow', 'report'],
              description: 'Opens the editor, whatever the link is doing.',
            },
          },
        },
        editing: {
          description: 'The editor is open. The text in it belongs to its form, not to this actor.',
          tags: ['editing'],
          entry: { type: 'reportEditor', params: { isOpen: true } },
          exit: { type: 'reportEditor', params: { isOpen: false } },
          on: {
            'video.rename': {
              target: 'viewing',
              actions: ['wantFilename', 'report'],
              description: 'A new name was saved: shown at once, sent once the video is linked.',
            },
            'video.cancel': {
              target: 'viewing',
              description: 'Back to the name that was saved last.',
            },
          },
        },
        conflict: {
          description: 'Renamed elsewhere meanwhile: the row offers both names.',
          tags: ['conflict'],
          always: {
            guard: 'isSettled',
            target: 'viewing',
            description: 'The server has the new name after all.',
          },
          on: {
            'rename.keepMine': {
              target: 'viewing',
              actions: ['overwriteTheirs', 'report'],
              description: 'Sends the new name over theirs.',
            },
            'rename.takeTheirs': {
              target: 'viewing',
              actions: ['wantSavedFilename', 'report'],
              description: 'Discards the new name.',
            },
            'video.edit': {
              target: 'editing',
              description: 'Edits the new name before the choice is made.',
            },
          },
        },
        unsaved: {
          description: 'The name could not be saved; its text is kept and shown.',
          tags: ['unsaved'],
          always: [
            { guard: 'isSettled', target: 'viewing', description: 'A slow retry got through.' },
            {
              guard: 'isConflict',
              target: 'conflict',
              description: 'A slow retry found that somebody else has renamed it.',
            },
          ],
          on: {
            'video.setFilename': {
              target: 'viewing',
              actions: ['adoptRow', 'wantFilename', 'report'],
              description: 'Another name from outside its row: that is tried instead.',
            },
            'rename.retry': {
              target: 'viewing',
              actions: ['retryFilename', 'report'],
              description: 'Sends it again.',
            },
            'rename.discard': {
              target: 'viewing',
              actions: ['wantSavedFilename', 'report'],
              description: 'Discards the new name.',
            },
            'video.edit': { target: 'editing', description: 'Edits it first.' },
          },
        },
      },
    },
    request: {
      description: 'Sends what brings the server closer to what is wanted, one request at a time.',
      initial: 'idle',
      states: {
        idle: {
          description: 'Nothing to send, or a person has to decide first.',
          always: {
            guard: 'hasRequest',
            target: 'sending',
            description: 'The server does not have what is wanted.',
          },
          on: {
            'video.release': {
              actions: ['release', 'report'],
              description: 'The removal of the same asset has arrived: this one can be linked.',
            },
          },
        },
        sending: {
          description: 'A request is in flight. A removal or its undo is never aborted.',
          entry: ['startRequest', 'report'],
          always: {
            guard: 'isObsolete',
            target: 'idle',
            actions: 'dropRequest',
            description: 'Removed in flight: the request is aborted, and the removal follows it.',
          },
          invoke: {
            id: 'request',
            src: 'sendRequest',
            input: ({ context }) => inFlight(context),
            onDone: [
              {
                guard: 'isStaleTooOften',
                target: 'backingOff',
                actions: ['applyOutcome', 'report'],
                description: 'Somebody else keeps being faster: do not race them.',
              },
              {
                target: 'idle',
                actions: ['applyOutcome', 'report'],
                description: 'Answered: confirmed, refused, or behind somebody else’s change.',
              },
            ],
            onError: {
              target: 'backingOff',
              actions: ['dropRequest', 'report'],
              description: 'Nobody knows whether it arrived.',
            },
          },
          after: {
            answerTimeout: {
              target: 'backingOff',
              actions: ['dropRequest', 'report'],
              description: 'No answer in time: the request is aborted.',
            },
          },
        },
        backingOff: {
          description: 'Waits a little longer each time before the request is sent again.',
          tags: ['retrying'],
          always: {
            guard: 'needsNoWait',
            target: 'idle',
            description:
              'Somebody asked for a retry or for something else, or nothing is left to send.',
          },
          after: {
            backoff: { target: 'waiting', description: 'Due again.' },
          },
        },
        waiting: {
          description:
            'Waits for a connection: until the browser is online, another request succeeds, or a while has passed.',
          tags: ['retrying'],
          invoke: {
            id: 'connection',
            src: 'connectionReady',
            input: ({ context }) => ({ attempt: context.attempt }),
            onDone: { target: 'idle', description: 'A try is worth it.' },
            onError: { target: 'idle', description: 'A page that can’t tell tries all the same.' },
          },
          always: {
            guard: 'needsNoWait',
            target: 'idle',
            description:
              'Somebody asked for a retry or for something else, or nothing is left to send.',
          },
        },
      },
    },
  },
})

/**
 * The context that a video's actor starts with.
 * @param input a pick, or a row of the server's list
 */
export function initialContext(input: VideoInput): VideoContext {
  const { id, mediaId, durationSeconds, filename, chapterId, position, version } = input
  return {
    id,
    mediaId,
    durationSeconds,
    link: { id, mediaId, filename, position },
    blockedBy: input.blockedBy ?? null,
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

/**
 * The delay before try number `attempt + 1`, in ms: doubled each time, from half a second to eight.
 */
export function backoffAfter(attempt: number): number {
  return Math.min(500 * 2 ** Math.max(0, attempt - 1), 8_000)
}

function videoStatus(context: VideoContext): VideoStatus {
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

function filenameStatus(context: VideoContext): FilenameStatus {
  const { wanted, confirmed, ownNames, filenameProblem } = context
  if (wanted.filename === confirmed.filename) return 'saved'
  if (filenameProblem) return 'unsaved'
  if (!ownNames.includes(confirmed.filename)) return 'conflict'
  return isExhausted(context) && !isLinkPending(context) ? 'unsaved' : 'pending'
}

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
function dueRequest(context: VideoContext): NextRequest | null {
  const { blockedBy, problem, filenameProblem, wanted, confirmed, unknown } = context
  if (blockedBy || problem) return null
  const isHeld = filenameProblem !== null || filenameStatus(context) === 'conflict'
  const sendable = isHeld ? { ...wanted, filename: confirmed.filename } : wanted
  return nextRequest(sendable, confirmed, unknown)
}

function startRequest(context: VideoContext): Partial<VideoContext> {
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

const placeOf = ({ chapterId, position }: OwnPlace): OwnPlace => ({ chapterId, position })

const isSamePlace = (one: Partial<OwnPlace>, other: Partial<OwnPlace>) =>
  one.chapterId === other.chapterId && one.position === other.position

/** The names that are ours once the server is known to have this one. */
const ownNamesAt = ({ unknown, ownNames }: VideoContext, filename: string) =>
  unknown.includes('change') ? union(ownNames, filename) : [filename]

/** Whoever gives the server's own name has seen it, whoever it was from. */
function wantFilename(context: VideoContext, filename: string): Partial<VideoContext> {
  const { wanted, confirmed, ownNames } = context
  return {
    wanted: { ...wanted, filename },
    ownNames: filename === confirmed.filename ? ownNamesAt(context, filename) : ownNames,
    filenameProblem: null,
    ...restartedFor(context),
  }
}

/** A place without the video that it was to follow. */
function unordered({ after: _after, ...wanted }: Wanted): Wanted {
  return wanted
}

function inFlight({ request }: VideoContext): VideoRequest {
  if (!request) throw new Error('No request was started')
  return request
}

/** Attempts start over for something new, unless they count the tries of a link or a removal. */
const restartedFor = (context: VideoContext) => (isLinkPending(context) ? {} : { attempt: 0 })

function applyOutcome(
  context: VideoContext,
  outcome: RequestOutcome | null,
): Partial<VideoContext> {
  const { request, confirmed } = context
  if (!outcome || !request) return {}
  if (outcome.outcome === 'refused') return applyRefusal(context, request, outcome)
  const { at, ...known } = outcome.server
  const server = { ...confirmed, ...known }
  const isConfirmed = outcome.outcome === 'confirmed'
  const answered: Partial<VideoContext> = {
    request: null,
    unknown: [],
    confirmed: server,
    confirmedAt: at,
    revision: Math.max(context.revision, server.revision),
    attempt: isConfirmed ? 0 : context.attempt,
  }
  // The answer to a removal does not tell which changes came before it.
  if (known.filename === undefined) return answered
  const wanted = merge(context, server, isConfirmed ? sentIn(request) : {})
  return {
    ...answered,
    wanted,
    ...(wanted.filename === server.filename && { ownNames: [server.filename] }),
    ...(isSamePlace(wanted, server) && { ownPlaces: [placeOf(server)] }),
  }
}

function applyRefusal(
  context: VideoContext,
  request: VideoRequest,
  { problem, revision = 0 }: Extract<RequestOutcome, { outcome: 'refused' }>,
): Partial<VideoContext> {
  const { wanted, confirmed } = context
  const unknown = context.unknown.toSpliced(context.unknown.lastIndexOf(request.kind), 1)
  const left: Partial<VideoContext> = {
    request: null,
    unknown,
    ...(request.kind === 'change' &&
      !unknown.includes('change') && { ownPlaces: [placeOf(confirmed)] }),
    revision: Math.max(context.revision, revision),
    attempt: 0,
  }
  const isObsolete = (request.kind === 'remove') === wanted.isPresent
  if (isObsolete) return left
  if (request.kind === 'remove') {
    return { ...left, problem, wanted: { ...wanted, isPresent: true } }
  }
  if (problem.status === 410) {
    return { ...left, problem, confirmed: { ...confirmed, status: 'removed' } }
  }
  if (request.kind !== 'change') return { ...left, problem }
  return { ...left, ...applyRefusedPatch(context, request.patch, problem) }
}

/** What is wanted by now is tried by itself; only what was refused is given up or waits. */
function applyRefusedPatch(
  { wanted, confirmed, unknown }: VideoContext,
  patch: Patch,
  problem: Problem,
): Partial<VideoContext> {
  // A refused move goes back alone; the name that was sent with it is sent again by itself.
  if (patch.position !== undefined && !isSamePlace(patch, confirmed)) {
    const { chapterId, position } = confirmed
    return isSamePlace(patch, wanted)
      ? { wanted: { ...unordered(wanted), chapterId, position }, placeProblem: problem }
      : {}
  }
  if (patch.filename !== undefined && patch.filename !== confirmed.filename) {
    return patch.filename === wanted.filename ? { filenameProblem: problem } : {}
  }
  // It was to overwrite what may have arrived: the same again would be refused for ever.
  return { unknown: unknown.filter((kind) => kind !== 'change') }
}

const sentIn = (request: VideoRequest): Partial<Wanted> => {
  if (request.kind === 'change') return request.patch
  return request.kind === 'link' ? { ...request.link, chapterId: request.chapterId } : {}
}

/**
 * Takes over the server's fields, but for those that wait: they differ from what was sent, and from
 * what the server had or may have by an earlier request of ours.
 */
function merge(context: VideoContext, server: Confirmed, sent: Partial<Wanted>): Wanted {
  const { wanted, confirmed, ownNames } = context
  const keepsName =
    wanted.filename !== sent.filename &&
    (wanted.filename !== confirmed.filename || ownNames.includes(server.filename))
  const keepsPlace = isMoving(context) && !isSamePlace(wanted, sent)
  const place = keepsPlace ? wanted : server
  return {
    isPresent: wanted.isPresent,
    filename: keepsName ? wanted.filename : server.filename,
    chapterId: place.chapterId,
    position: place.position,
    ...(!isSamePlace(place, server) && wanted.after !== undefined && { after: wanted.after }),
  }
}

/**
 * An editor opens over the row as the page shows it, which may be newer than what was confirmed
 * here.
 */
function adoptRow(context: VideoContext, saved: SavedRow): Partial<VideoContext> {
  const { wanted, confirmed } = context
  const { filename, version, revision } = saved
  const isOlder = version <= confirmed.version
  const mayBeOurs = context.unknown.includes('change') && context.ownNames.includes(filename)
  if (isOlder || mayBeOurs || wanted.filename !== confirmed.filename) return {}
  return {
    confirmed: { ...confirmed, filename, version, revision },
    wanted: { ...wanted, filename },
    revision: Math.max(context.revision, revision),
    ownNames: ownNamesAt(context, filename),
  }
}

function outcomeIn(event: VideoEvent | { type: 'video.release' } | RequestEvent) {
  return 'output' in event ? event.output : null
}

function mustBeProvided(effect: string): never {
  throw new Error(`${effect} must be provided`)
}
