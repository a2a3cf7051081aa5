import type { Problem } from '#contract/problem.ts'
import type { Confirmed, Patch, Wanted } from './next-request.ts'
import {
  isMoving,
  isSamePlace,
  placeOf,
  type RequestOutcome,
  unordered,
  type VideoContext,
  type VideoRequest,
} from './video.context.ts'

/**
 * The changes to a video's context by the answer to its request: what the server has is confirmed,
 * and what was wanted meanwhile waits for the next request.
 * @param outcome null when the event carries none, which changes nothing
 */
export function applyOutcome(
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
  if (known.filename === undefined) {
    return { ...answered, unknown: context.unknown.filter((kind) => kind === 'change') }
  }
  const wanted = merge(context, server, isConfirmed ? sentIn(request) : {})
  return {
    ...answered,
    wanted,
    ...(wanted.filename === server.filename && { ownNames: [server.filename] }),
    ownPlaces: [placeOf(server)],
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
    const removed = { status: 'removed', revision: Math.max(confirmed.revision, revision) } as const
    return { ...left, problem, confirmed: { ...confirmed, ...removed } }
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
