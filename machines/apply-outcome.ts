import type { Problem } from '#contract/problem.ts'
import type { Confirmed, Patch, Wanted } from './next-request.ts'
import {
  dropAfter,
  isMoving,
  isParentRemoved,
  isRemovedElsewhere,
  isSamePlace,
  linkElsewhere,
  type RequestOutcome,
  toPlace,
  type VideoContext,
  type VideoRequest,
} from './video.context.ts'

/**
 * Computes how a response changes a video's context. The server's state becomes `confirmed`; what
 * was changed while the request was in flight stays `wanted` and waits for the next request.
 * @param outcome `null` if the event carries none, in which case nothing changes
 */
export function applyOutcome(
  context: VideoContext,
  outcome: RequestOutcome | null,
): Partial<VideoContext> {
  const { request, confirmed } = context
  if (!outcome || !request) return {}
  if (outcome.outcome === 'refused') return applyRefusal(context, request, outcome)
  const { at, ...reported } = outcome.server
  const server = { ...confirmed, ...reported }
  const isConfirmed = outcome.outcome === 'confirmed'
  const changes: Partial<VideoContext> = {
    request: null,
    unknown: [],
    confirmed: server,
    confirmedAt: at,
    revision: Math.max(context.revision, server.revision),
    attempt: isConfirmed ? 0 : context.attempt,
    failure: null,
  }
  // The response to a removal does not say which earlier changes were applied.
  if (reported.filename === undefined) {
    return { ...changes, unknown: context.unknown.filter((kind) => kind === 'change') }
  }
  const wanted = merge(context, server, isConfirmed ? getSentFields(request) : {})
  return {
    ...changes,
    wanted,
    ...(wanted.filename === server.filename && { ownNames: [server.filename] }),
    ownPlaces: [toPlace(server)],
  }
}

function applyRefusal(
  context: VideoContext,
  request: VideoRequest,
  { problem, revision = 0 }: Extract<RequestOutcome, { outcome: 'refused' }>,
): Partial<VideoContext> {
  const { wanted, confirmed } = context
  const unknown = context.unknown.toSpliced(context.unknown.lastIndexOf(request.kind), 1)
  const changes: Partial<VideoContext> = {
    request: null,
    unknown,
    ...(request.kind === 'change' &&
      !unknown.includes('change') && { ownPlaces: [toPlace(confirmed)] }),
    revision: Math.max(context.revision, revision),
    attempt: 0,
    failure: null,
  }
  const isObsolete = (request.kind === 'remove') === wanted.isPresent
  if (isObsolete) return changes
  if (request.kind === 'remove') {
    return { ...changes, problem, wanted: { ...wanted, isPresent: true } }
  }
  if (isParentRemoved(problem) && !isTargetRemoved(context, request)) {
    // It was moved meanwhile, to a chapter where it can still be linked.
    const isLeaving = request.kind === 'link' && wanted.chapterId !== request.chapterId
    return { ...changes, ...(isLeaving ? linkElsewhere(context, wanted) : { problem }) }
  }
  if (isRemovedElsewhere({ problem })) {
    const removed = { status: 'removed', revision: Math.max(confirmed.revision, revision) } as const
    return { ...changes, problem, confirmed: { ...confirmed, ...removed } }
  }
  if (request.kind !== 'change') return { ...changes, problem }
  return { ...changes, ...applyRefusedPatch(context, request.patch, problem) }
}

/**
 * Whether the removed chapter is the one that a move leads to: a move out of a removed chapter is
 * not refused. Reverting it does no harm: the name sent with it is sent again on its own.
 */
const isTargetRemoved = ({ confirmed }: VideoContext, request: VideoRequest): boolean =>
  request.kind === 'change' &&
  request.patch.chapterId !== undefined &&
  request.patch.chapterId !== confirmed.chapterId

/** Reverts or holds back only the refused fields. Anything wanted since then is sent on its own. */
function applyRefusedPatch(
  { wanted, confirmed, unknown }: VideoContext,
  patch: Patch,
  problem: Problem,
): Partial<VideoContext> {
  // Revert only the refused move; the name that was sent with it is sent again on its own.
  if (patch.position !== undefined && !isSamePlace(patch, confirmed)) {
    const { chapterId, position } = confirmed
    return isSamePlace(patch, wanted)
      ? { wanted: { ...dropAfter(wanted), chapterId, position }, placeProblem: problem }
      : {}
  }
  if (patch.filename !== undefined && patch.filename !== confirmed.filename) {
    return patch.filename === wanted.filename ? { filenameProblem: problem } : {}
  }
  // The patch was meant to overwrite a change that may have arrived. Sending it again would be
  // refused forever, so stop treating that change as unknown.
  return { unknown: unknown.filter((kind) => kind !== 'change') }
}

const getSentFields = (request: VideoRequest): Partial<Wanted> => {
  if (request.kind === 'change') return request.patch
  return request.kind === 'link' ? { ...request.link, chapterId: request.chapterId } : {}
}

/**
 * Takes the server's fields, except those with a pending change. A change is pending if the wanted
 * value is not the one just sent and either differs from the last confirmed value or has to
 * overwrite an earlier request of ours.
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
