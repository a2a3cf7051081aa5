import { expect } from 'vitest'
import type { AnyEventObject } from 'xstate'
import type { Problem } from '#contract/problem.ts'
import type { Confirmed, Patch, RequestKind } from '#machines/next-request.ts'
import {
  type FilenameStatus,
  maxAttempts,
  type Place,
  type SavedRow,
  type VideoContext,
  type VideoInput,
  type VideoReport,
  type VideoRequest,
  type VideoStatus,
} from '#machines/video.context.ts'

/**
 * What happened so far, derived from the events alone: what a person did, what was sent and what
 * the server answered. It does not use the machine's states, context or functions.
 */
export interface VideoHistory {
  start: VideoInput
  isWanted: boolean
  /** The last name that a person gave, until the server is known to have it. */
  typed: string | null
  /** The last place that a person gave, until the server is known to have it. */
  movedTo: Place | null
  server: Confirmed
  answeredAt: number
  /** The kinds of requests that were sent and, going by the answers, may have arrived. */
  unanswered: RequestKind[]
  inFlight: VideoRequest | null
  /** How many requests were sent since an answer or a person restarted the count. */
  tries: number
  /** The highest revision that was sent or seen. */
  revision: number
  /** The names that a person has given or seen; any other on the server is someone else's. */
  knownNames: Set<string>
  /** The names and positions that a person has given. */
  given: Set<string>
  /** The names that the server may have: the last one in an answer, and those sent since. */
  sentNames: Set<string>
  /** The places that the server may have: the last one in an answer, and those sent since. */
  sentPlaces: Set<string>
  problem: Problem | null
  filenameProblem: Problem | null
  placeProblem: Problem | null
  blockedBy: string | null
}

export function startHistory(start: VideoInput): VideoHistory {
  const { filename, chapterId, position, version, revision } = start
  const status = version > 0 ? 'linked' : 'unlinked'
  return {
    start,
    isWanted: true,
    typed: null,
    movedTo: null,
    server: { status, filename, chapterId, position, version, revision },
    answeredAt: 0,
    unanswered: start.isSent ? ['link'] : [],
    inFlight: null,
    tries: 0,
    revision,
    knownNames: new Set([filename]),
    given: new Set(),
    sentNames: new Set([filename]),
    sentPlaces: new Set([formatPlace({ chapterId, position })]),
    problem: null,
    filenameProblem: null,
    placeProblem: null,
    blockedBy: start.blockedBy ?? null,
    ...(start.kept && restoreHistory(start.kept)),
  }
}

/** What a person and the server did on an earlier page. */
const restoreHistory = ({ wanted, confirmed, unknown, problem }: VideoContext) => ({
  isWanted: wanted.isPresent,
  // A link may have been sent after the context was stored.
  unanswered: [
    ...unknown,
    ...(confirmed.status === 'unlinked' && !unknown.includes('link') ? ['link' as const] : []),
  ],
  problem,
})

/** Adds an event to the history. */
export function remember(history: VideoHistory, event: AnyEventObject) {
  if (event.type.startsWith('xstate.done.actor.request')) rememberAnswer(history, event.output)
  else if (/^xstate\.(error\.actor\.request|after\.responseTimeout)/.test(event.type)) {
    history.inFlight = null
  } else rememberCommand(history, event)
  settle(history)
}

/** Adds a request to the history, and expects it to be the one that is due. */
export function rememberRequest(history: VideoHistory, sent: VideoRequest) {
  const due = findSendableRequest(history)
  expect(history.inFlight, 'one request at a time').toBeNull()
  expect(due, 'there is something to send').not.toBeNull()
  if (!due) return
  const { id, mediaId, filename, position } = history.start
  history.tries += 1
  if (due.kind !== 'link') history.revision += 1
  expect(sent, 'the request in flight').toEqual({
    ...due,
    id,
    link: { id, mediaId, filename, position },
    chapterId: history.server.chapterId,
    revision: history.revision,
    attempt: history.tries,
  })
  history.unanswered.push(due.kind)
  history.inFlight = sent
  if (sent.kind === 'change' && sent.patch.filename === wantedName(history)) {
    history.sentNames.add(sent.patch.filename)
  }
  if (sent.kind === 'change' && sent.patch.position !== undefined) {
    const { chapterId = '', position } = sent.patch
    history.sentPlaces.add(formatPlace({ chapterId, position }))
  }
}

function rememberCommand(history: VideoHistory, event: AnyEventObject) {
  const { server } = history
  switch (event.type) {
    case 'video.remove':
    case 'video.restore': {
      const isRemovedElsewhere = event.type === 'video.restore' && history.isWanted
      if (isRemovedElsewhere) history.server = { ...server, status: 'removed' }
      history.isWanted = event.type === 'video.restore'
      const isObsolete = ['link', 'change'].includes(history.inFlight?.kind ?? '')
      if (!history.isWanted && isObsolete) history.inFlight = null
      return startOver(history)
    }
    case 'video.retry':
      return startOver(history)
    case 'video.release':
      history.blockedBy = null
      return
    case 'video.edit':
      return rememberSeen(history, event.saved)
    case 'video.move':
      history.movedTo = event.place
      history.placeProblem = null
      history.given.add(event.place.position)
      if (isUnsent(history)) rememberLinkPlace(history, event.place)
      return startChangeOver(history)
    case 'video.setFilename':
      rememberSeen(history, event.saved)
      return giveName(history, event.filename)
    case 'video.rename':
      return giveName(history, event.filename)
    case 'rename.discard':
    case 'rename.takeTheirs':
      return giveName(history, server.filename)
    case 'rename.keepMine':
      history.knownNames.add(server.filename)
      history.sentNames.add(server.filename)
      return startChangeOver(history)
    case 'rename.retry':
      history.filenameProblem = null
      return startChangeOver(history)
  }
}

/** An editor opens over a row of the list, which may be newer than the last answer. */
function rememberSeen(history: VideoHistory, { filename, version, revision }: SavedRow) {
  const { server, typed } = history
  const isPending = typed !== null && typed !== server.filename
  if (isPending || version <= server.version) return
  history.typed = null
  history.server = { ...server, filename, version, revision }
  history.revision = Math.max(history.revision, revision)
  history.knownNames.add(filename)
  keepSentName(history, filename)
}

function giveName(history: VideoHistory, filename: string) {
  if (filename === history.server.filename) keepSentName(history, filename)
  history.typed = filename
  history.filenameProblem = null
  history.knownNames.add(filename)
  history.given.add(filename)
  startChangeOver(history)
}

function startOver(history: VideoHistory) {
  history.tries = 0
  history.problem = null
}

/** A new name or place does not restart the tries of a link that it waits for. */
function startChangeOver(history: VideoHistory) {
  if (!isLinkPending(history)) history.tries = 0
}

function rememberAnswer(history: VideoHistory, answer: AnyEventObject) {
  const { inFlight } = history
  if (!inFlight) throw new Error('No request is in flight')
  history.inFlight = null
  if (answer.outcome !== 'stale') history.tries = 0
  if (answer.outcome === 'refused') return rememberRefusal(history, inFlight, answer)
  const { at, ...known } = answer.server
  const before = history.server
  const server = { ...before, ...known }
  const hasRow = known.filename !== undefined
  // The answer to a removal does not say whether earlier requests have arrived.
  history.unanswered = hasRow ? [] : history.unanswered.filter((kind) => kind === 'change')
  history.server = server
  history.answeredAt = at
  history.revision = Math.max(history.revision, server.revision)
  if (!hasRow) return
  // A return to the server's name is not pending, unless a name that was sent has arrived.
  const { movedTo, typed, given, sentPlaces } = history
  if (typed === before.filename && !given.has(server.filename)) history.typed = null
  // A move back stays wanted like any other if a move may have arrived.
  const isBack = movedTo && isAt(movedTo, before) && sentPlaces.size <= 1
  if (movedTo && (isBack || isAt(movedTo, server))) history.movedTo = null
  history.sentPlaces = new Set([formatPlace(server)])
  if (wantedName(history) === server.filename) history.sentNames = new Set([server.filename])
}

function rememberRefusal(history: VideoHistory, sent: VideoRequest, answer: AnyEventObject) {
  const { problem, revision = 0 } = answer
  history.unanswered.splice(history.unanswered.lastIndexOf(sent.kind), 1)
  history.revision = Math.max(history.revision, revision)
  if (sent.kind === 'change' && !history.unanswered.includes('change')) {
    history.sentPlaces = new Set([formatPlace(history.server)])
  }
  const isForPresence = sent.kind !== 'remove'
  // The refused request is no longer wanted.
  if (isForPresence !== history.isWanted) return
  history.isWanted = true
  if (problem.status === 410) {
    const known = Math.max(history.server.revision, revision)
    history.server = { ...history.server, status: 'removed', revision: known }
  }
  if (sent.kind !== 'change' || problem.status === 410) history.problem = problem
  else rememberRefusedPatch(history, sent.patch, problem)
}

const isUnsent = ({ blockedBy, server, unanswered }: VideoHistory) =>
  blockedBy !== null && server.status === 'unlinked' && unanswered.length === 0

/** The video will be linked here. */
function rememberLinkPlace(history: VideoHistory, { chapterId, position }: Place) {
  history.start = { ...history.start, position }
  history.server = { ...history.server, chapterId, position }
  history.sentPlaces = new Set([formatPlace({ chapterId, position })])
}

/** The refusal concerns what would have changed the row: its new place, or else its new name. */
function rememberRefusedPatch(history: VideoHistory, patch: Patch, problem: Problem) {
  const { server, movedTo, typed } = history
  if (patch.position !== undefined && patch.position !== server.position) {
    if (patch.position === movedTo?.position) {
      history.movedTo = null
      history.placeProblem = problem
    }
  } else if (patch.filename !== undefined && patch.filename !== server.filename) {
    if (patch.filename === typed) history.filenameProblem = problem
  } else {
    history.unanswered = history.unanswered.filter((kind) => kind !== 'change')
  }
}

/** The server has this name, unless a change that was sent still arrives. */
function keepSentName(history: VideoHistory, filename: string) {
  if (!history.unanswered.includes('change')) history.sentNames.clear()
  history.sentNames.add(filename)
}

const wantedName = ({ typed, server }: VideoHistory) => typed ?? server.filename

/** A given name is pending until the server has it and no change in flight can replace it. */
function settle(history: VideoHistory) {
  const { server, unanswered } = history
  if (unanswered.includes('change')) return
  if (history.typed === server.filename) history.typed = null
  if (history.typed === null) history.knownNames.add(server.filename)
}

const formatPlace = ({ chapterId, position }: Pick<Place, 'chapterId' | 'position'>) =>
  `${chapterId} ${position}`

const isAt = (place: Place, { chapterId, position }: Confirmed) =>
  place.chapterId === chapterId && place.position === position

/** Includes an id whose removal was undone before its link arrived: the link may still arrive. */
const mayBeLinked = ({ server, unanswered }: VideoHistory) =>
  server.status === 'linked' ||
  (server.status === 'unlinked' && server.version === 0 && server.revision > 0) ||
  unanswered.includes('link') ||
  unanswered.includes('restore')

const mayBeRemoved = ({ server, unanswered }: VideoHistory) =>
  server.status === 'removed' || unanswered.includes('remove')

/**
 * Whether the video has to be linked, removed or restored before its name and place can be changed.
 */
function isLinkPending(history: VideoHistory): boolean {
  if (!history.isWanted) return mayBeLinked(history)
  return mayBeRemoved(history) || history.server.status === 'unlinked'
}

/** The next request that has to be sent: its kind and what it changes. */
export function findSendableRequest(history: VideoHistory) {
  const { isWanted, server, problem, blockedBy } = history
  if (problem || (blockedBy !== null && isWanted)) return null
  if (!isWanted) return mayBeLinked(history) ? { kind: 'remove' as const } : null
  if (mayBeRemoved(history)) return { kind: 'restore' as const }
  if (server.status === 'unlinked') return { kind: 'link' as const }
  const patch = duePatch(history)
  return Object.keys(patch).length > 0
    ? { kind: 'change' as const, patch, version: server.version }
    : null
}

/** A change that may have arrived has to be overwritten completely. */
function duePatch(history: VideoHistory): Patch {
  const { server, unanswered, typed, movedTo } = history
  const isWhole = unanswered.includes('change')
  const status = filenameStatus(history)
  const isHeld = status === 'conflict' || history.filenameProblem !== null
  const filename = typed === null || isHeld ? server.filename : typed
  const { chapterId, position } = server
  return {
    ...((isWhole || filename !== server.filename) && { filename }),
    ...(isWhole && { chapterId, position }),
    ...((isWhole || (movedTo && !isAt(movedTo, server))) && movedTo),
  }
}

const isExhausted = ({ tries, inFlight }: VideoHistory) =>
  tries > maxAttempts || (tries === maxAttempts && !inFlight)

/** The link status that the row has to show. */
export function linkStatus(history: VideoHistory): VideoStatus {
  const { isWanted, problem, tries, unanswered, server } = history
  if (!isWanted) return mayBeLinked(history) ? 'removing' : 'removed'
  if (problem) return 'failed'
  if (!isLinkPending(history)) return 'linked'
  if (isExhausted(history)) return 'failed'
  const wasSent = tries > 0 || unanswered.length > 0 || server.status === 'removed'
  return wasSent ? 'linking' : 'optimistic'
}

/** The filename status that the row has to show. */
export function filenameStatus(history: VideoHistory): FilenameStatus {
  const { server, knownNames, sentNames, unanswered, filenameProblem } = history
  if (wantedName(history) === server.filename) {
    const mayHaveAnother = [...sentNames].some((name) => name !== server.filename)
    return mayHaveAnother && unanswered.includes('change') ? 'pending' : 'saved'
  }
  if (filenameProblem) return 'unsaved'
  if (!knownNames.has(server.filename)) return 'conflict'
  return isExhausted(history) && !isLinkPending(history) ? 'unsaved' : 'pending'
}

/** The report that the chapter has to have. */
export function expectedReport(history: VideoHistory): VideoReport {
  const { start, server, typed, movedTo, isWanted, answeredAt } = history
  const { id, mediaId, durationSeconds } = start
  const { chapterId, position } = server
  const place = { chapterId, position, ...movedTo }
  return {
    id,
    mediaId,
    durationSeconds,
    blockedBy: history.blockedBy,
    wanted: { isPresent: isWanted, filename: typed ?? server.filename, ...place },
    confirmed: server,
    confirmedAt: answeredAt,
    problem: history.problem,
    placeProblem: history.placeProblem,
    status: linkStatus(history),
    filenameStatus: filenameStatus(history),
    isMoving: isMoving(history),
  }
}

const isMoving = ({ server, movedTo, sentPlaces }: VideoHistory): boolean =>
  sentPlaces.size > 1 || (movedTo !== null && !isAt(movedTo, server))
