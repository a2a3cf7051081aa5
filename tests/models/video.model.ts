import type { AnyMachineSnapshot, SnapshotFrom } from 'xstate'
import { createProblem } from '#contract/problem.ts'
import type { Patch, RequestKind } from '#machines/next-request.ts'
import {
  initialContext,
  maxAttempts,
  type RequestOutcome,
  type ServerState,
  type VideoContext,
  type VideoInput,
  type VideoRequest,
} from '#machines/video.context.ts'
import { type VideoEvent, videoMachine } from '#machines/video.machine.ts'
import type { EventCase, Model } from '../support/model.ts'
import { doneWith, eventCase, failed, timeOut } from './event-cases.ts'

/** The name that a video starts with. */
export const firstFilename = 'Lesson 1.mp4'

const pick: VideoInput = {
  id: '01900000-0000-7000-8000-000000000001',
  chapterId: '01900000-0000-7000-8000-0000000000c1',
  mediaId: '01900000-0000-7000-8000-0000000000a1',
  filename: firstFilename,
  position: 'a1',
  version: 0,
  revision: 0,
  durationSeconds: 12.5,
}

const refusal = createProblem('link-refused', 'The server refused it.')
const removedElsewhere = createProblem('removed', 'The video was removed. Restore it first.')

const sentEarlier = initialContext({ ...pick, isSent: true })

const inputs = {
  'a pick': pick,
  'a pick that was sent': { ...pick, isSent: true },
  'a pick that waits for a removal': { ...pick, blockedBy: 'an earlier video' },
  'a row from the server': { ...pick, version: 3, revision: 2 },
  'a link that an earlier page was refused': {
    ...pick,
    kept: { ...initialContext(pick), problem: refusal },
  },
  'a removal of an earlier page': {
    ...pick,
    kept: { ...sentEarlier, wanted: { ...sentEarlier.wanted, isPresent: false } },
  },
}

/** What a video can start from. */
export type VideoStart = keyof typeof inputs

export const isPick = (start: VideoStart) => start !== 'a row from the server'

const getContext = (snapshot: AnyMachineSnapshot): VideoContext => snapshot.context

/** Limits a case to the snapshots in which it can happen. */
const onlyIf =
  (holds: (context: VideoContext) => boolean, event: EventCase): EventCase =>
  (snapshot) =>
    holds(getContext(snapshot)) ? event(snapshot) : null

const plain = (type: VideoEvent['type'] | 'video.release'): EventCase => eventCase(type)

/** The server answers a request of one of these kinds. */
const answer = (
  kinds: readonly RequestKind[],
  outcomeFor: (context: VideoContext, request: VideoRequest) => RequestOutcome | null,
): EventCase => {
  const getOutcome = (context: VideoContext) => {
    const { request } = context
    return request && kinds.includes(request.kind) ? outcomeFor(context, request) : null
  }
  return onlyIf(
    (context) => getOutcome(context) !== null,
    doneWith('request', (snapshot) => getOutcome(getContext(snapshot))),
  )
}

/** The request in flight was behind a change by someone else. */
const stale = (
  kinds: readonly RequestKind[],
  serverFor: (context: VideoContext) => Partial<ServerState> | null,
) =>
  answer(kinds, (context) => {
    const server = serverFor(context)
    if (!server) return null
    const revision = context.revision + 1
    return { outcome: 'stale', server: { ...newerRow(context), revision, ...server } }
  })

const cases: Record<string, EventCase> = {
  retry: plain('video.retry'),
  remove: plain('video.remove'),
  restore: plain('video.restore'),
  release: plain('video.release'),
  move: eventCase('video.move', (snapshot) => ({
    place: { ...newPlace('a', getContext(snapshot)), after: null },
  })),
  'move back': onlyIf(
    ({ wanted, confirmed }) => !isSamePlace(wanted, confirmed),
    eventCase('video.move', (snapshot) => ({
      place: { ...place(getContext(snapshot).confirmed), after: null },
    })),
  ),
  edit: eventCase('video.edit', (snapshot) => ({ saved: getContext(snapshot).confirmed })),
  'edit a row renamed elsewhere': onlyIf(
    ({ confirmed }) => confirmed.version > 0,
    eventCase('video.edit', (snapshot) => ({ saved: rowRenamedElsewhere(getContext(snapshot)) })),
  ),
  cancel: plain('video.cancel'),
  rename: eventCase('video.rename', (snapshot) => ({
    filename: newName('My name', getContext(snapshot)),
  })),
  'rename back': onlyIf(
    ({ wanted, confirmed }) => wanted.filename !== confirmed.filename,
    eventCase('video.rename', (snapshot) => ({
      filename: getContext(snapshot).confirmed.filename,
    })),
  ),
  'name from outside': eventCase('video.setFilename', (snapshot) => ({
    filename: newName('A name of many', getContext(snapshot)),
    saved: getContext(snapshot).confirmed,
  })),
  'retry rename': plain('rename.retry'),
  'discard rename': plain('rename.discard'),
  'keep mine': plain('rename.keepMine'),
  'take theirs': plain('rename.takeTheirs'),

  linked: answer(['link'], (context, { link, chapterId }) => ({
    outcome: 'confirmed',
    server: { ...newerRow(context), ...place({ ...link, chapterId }), filename: link.filename },
  })),
  changed: answer(['change'], (context, { revision }) => {
    if (!isBasedOnNewest(context)) return null
    const { after: _, ...known } = getPatch(context)
    return { outcome: 'confirmed', server: { ...newerRow(context), ...known, revision } }
  }),
  removed: answer(['remove'], ({ confirmedAt }, { revision }) => ({
    outcome: 'confirmed',
    server: { status: 'removed', revision, at: confirmedAt + 1 },
  })),
  restored: answer(['restore'], (context, { revision }) => ({
    outcome: 'confirmed',
    server: { ...newerRow(context), revision },
  })),
  'was never linked': answer(['restore'], ({ confirmed, confirmedAt }, { revision }) =>
    confirmed.version > 0
      ? null
      : {
          outcome: 'confirmed',
          server: { status: 'unlinked', version: 0, revision, at: confirmedAt + 1 },
        },
  ),
  refused: answer(['link', 'change', 'remove', 'restore'], () => ({
    outcome: 'refused',
    problem: refusal,
  })),
  'had been removed elsewhere': answer(['link', 'change'], ({ revision }) => ({
    outcome: 'refused',
    problem: removedElsewhere,
    revision: revision + 1,
  })),
  'moved elsewhere': stale(['change', 'remove', 'restore'], (context) => newPlace('b', context)),
  'removed elsewhere': stale(['remove', 'restore'], ({ confirmed }) => ({
    status: 'removed',
    version: confirmed.version,
  })),
  'emptied elsewhere': stale(['remove', 'restore'], ({ confirmed }) =>
    confirmed.version > 0 ? null : { status: 'unlinked', version: 0 },
  ),
  'renamed elsewhere': stale(['change', 'remove', 'restore'], (context) => ({
    filename: rowRenamedElsewhere(context).filename,
  })),
  'renamed elsewhere as here': stale(['change'], ({ wanted, confirmed, ownNames }) =>
    ownNames.includes(confirmed.filename) ? null : { filename: wanted.filename },
  ),
  'the name had arrived': stale(['change'], (context) => {
    const { filename } = getPatch(context)
    const mayHaveArrived = sentBefore(context).includes('change') && isBasedOnNewest(context)
    return filename !== undefined && mayHaveArrived ? { filename } : null
  }),
  lost: failed('request'),
  'timed out': timeOut('responseTimeout.video.request.sending'),
  'backed off': timeOut('backoff.video.request.backingOff'),
  connected: doneWith('connection'),
  'connection unknown': failed('connection'),
}

/** The row at its next version, confirmed a moment after the last answer. */
function newerRow({ confirmed, confirmedAt }: VideoContext): ServerState {
  return { ...confirmed, status: 'linked', version: confirmed.version + 1, at: confirmedAt + 1 }
}

function rowRenamedElsewhere(context: VideoContext) {
  const { version, revision } = context.confirmed
  return {
    filename: newName('Their name', context),
    version: version + 1,
    revision: revision + 1,
  }
}

const place = ({ chapterId, position }: { chapterId: string; position: string }) => ({
  chapterId,
  position,
})

const getPatch = ({ request }: VideoContext): Patch =>
  request?.kind === 'change' ? request.patch : {}

/** Whether the change in flight is based on the newest row that the page knows. */
const isBasedOnNewest = ({ request, confirmed }: VideoContext) =>
  request?.kind === 'change' && request.version === confirmed.version

/** A name that nobody has used before, as far as the context knows. */
function newName(prefix: string, context: VideoContext): string {
  const { wanted, confirmed, ownNames } = context
  const names = [wanted.filename, confirmed.filename, getPatch(context).filename, ...ownNames]
  return `${prefix} ${1 + highestNumber(names)}.mp4`
}

/** A place that nobody has used before; those of this page and of others differ in the letter. */
function newPlace(letter: string, context: VideoContext) {
  const { wanted, confirmed, ownPlaces } = context
  const places = [wanted, confirmed, getPatch(context), ...ownPlaces]
  const number = 1 + highestNumber(places.map(({ position }) => position))
  return { chapterId: wanted.chapterId, position: `${letter}${number}` }
}

const highestNumber = (texts: readonly (string | undefined)[]) =>
  Math.max(...texts.map((text) => Number(/\d+/.exec(text ?? '')?.[0] ?? 0)))

/** The kinds of unanswered requests that were sent before the one in flight. */
function sentBefore({ request, unknown }: VideoContext): RequestKind[] {
  const earlier = request ? unknown.toSpliced(unknown.lastIndexOf(request.kind), 1) : unknown
  return [...new Set(earlier)].sort()
}

const isSamePlace = (wanted: VideoContext['wanted'], confirmed: VideoContext['confirmed']) =>
  wanted.chapterId === confirmed.chapterId && wanted.position === confirmed.position

/** What the next step of a video depends on: kinds of values, since concrete ones never repeat. */
function getKey({ value, context }: SnapshotFrom<typeof videoMachine>): string {
  const { wanted, confirmed, ownNames, request, attempt } = context
  const { filename, position } = getPatch(context)
  return JSON.stringify([
    value,
    [wanted.isPresent, confirmed.status, confirmed.version > 0],
    [wanted.filename === confirmed.filename, ownNames.includes(confirmed.filename)],
    [isSamePlace(wanted, confirmed), context.ownPlaces.length > 1],
    [request?.kind, sentBefore(context)],
    [wanted, confirmed].map((row) => (filename === undefined ? null : filename === row.filename)),
    [wanted, confirmed].map((row) => (position === undefined ? null : position === row.position)),
    isBasedOnNewest(context),
    Math.min(attempt, maxAttempts + 1),
    [context.problem, context.filenameProblem, context.blockedBy].map((value) => value !== null),
  ])
}

export const videoModel: Model = {
  machine: videoMachine,
  inputs,
  cases: Object.fromEntries(
    Object.entries(cases).map(([name, event]) => [
      name,
      onlyIf((context) => isExplored(name, context), event),
    ]),
  ),
  getKey,
}

/**
 * Keeps the number of states low enough to visit all of them. Leaves out what multiplies them
 * without leading to other decisions: other events during the quick tries between the first and
 * the last, and lost requests of several kinds while a name or a place is pending.
 */
function isExplored(name: string, context: VideoContext): boolean {
  const { attempt, request, wanted, confirmed } = context
  if (attempt > 1 && attempt < maxAttempts && !retryCases.has(name)) return false
  const isNamePending = wanted.filename !== confirmed.filename
  const isConflict = isNamePending && !context.ownNames.includes(confirmed.filename)
  const isMoved = !isSamePlace(wanted, confirmed)
  const kinds = new Set(sentBefore(context))
  // The link of a resumed video may have been sent by the earlier page.
  const isFirst = kinds.size === 0 || (context.problem !== null && attempt === 0)
  if (name === 'move') return !isMoved && (!isNamePending || isConflict) && isFirst
  if (name !== 'lost' && name !== 'timed out') return true
  if (request) kinds.add(request.kind)
  if (kinds.size > 1) return kinds.size === 2 && attempt === 1 && !isNamePending && !isMoved
  return !isMoved || kinds.has('change') || attempt === 1
}

const retryCases = new Set(['lost', 'backed off', 'connected'])
