import { initialTransition, type SnapshotFrom, transition } from 'xstate'
import { computeOnce } from '#client/lib/compute-once.ts'
import { problemSchema } from '#contract/problem.ts'
import { linkSchema, type Video } from '#contract/videos.ts'
import { z } from '#contract/zod.ts'
import type { ChapterContext, VideoDispatch } from '#machines/chapter.machine.ts'
import { type History, listOperations } from '#machines/history.ts'
import { nextRequest } from '#machines/next-request.ts'
import { findDeparture } from '#machines/pending-videos.ts'
import {
  describeVideo,
  filenameStatus,
  initialContext,
  type VideoContext,
} from '#machines/video.context.ts'
import { type VideoEvent, videoMachine } from '#machines/video.machine.ts'
import { groupBy } from '#shared/groups.ts'
import {
  type ChapterActor,
  findOwner,
  readChapterActors,
  readPendingVideos,
  sendTogether,
  type VideoActor,
} from './authoring-context.tsx'
import { dispatchToVideo } from './dispatch-videos.ts'
import { readDraft, resumeDraft } from './drafts.ts'
import { isSettled } from './fold-videos.ts'
import { findVideoActor } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

const placeSchema = z.object({ chapterId: z.string(), position: z.string() })

const contextSchema = z.object({
  id: z.string(),
  mediaId: z.string(),
  durationSeconds: z.number(),
  link: linkSchema,
  blockedBy: z.string().nullable(),
  wanted: placeSchema.extend({
    isPresent: z.boolean(),
    filename: z.string(),
    after: z.string().nullable().exactOptional(),
  }),
  confirmed: placeSchema.extend({
    status: z.enum(['unlinked', 'linked', 'removed']),
    filename: z.string(),
    version: z.number(),
    revision: z.number(),
  }),
  unknown: z.array(z.enum(['link', 'change', 'remove', 'restore'])),
  attempt: z.number(),
  // Earlier versions did not keep it.
  failure: z.string().nullable().default(null),
  revision: z.number(),
  ownNames: z.array(z.string()),
  ownPlaces: z.array(placeSchema),
  problem: problemSchema.nullable(),
  filenameProblem: problemSchema.nullable(),
  placeProblem: problemSchema.nullable(),
})

/** What only this page knows about a video, in its persisted form. */
export const keptVideoSchema = z.object({
  id: z.string(),
  /** The chapter whose actor owns it. */
  chapterId: z.string(),
  context: contextSchema,
  draft: z
    .object({
      text: z.string(),
      initial: z.string(),
      selection: z.tuple([z.number(), z.number()]).nullable(),
      hasFocus: z.boolean(),
    })
    .nullable(),
  /** The id of the removed chapter or course that it was closed with. */
  closedWith: z.string().exactOptional(),
})

export type KeptVideo = z.infer<typeof keptVideoSchema>

/**
 * Lists the videos to persist: those with something pending, failed or being typed, and those that
 * an undo or a redo may need.
 */
export function listKeptVideos(authoring: Authoring): KeptVideo[] {
  const undoable = listUndoable(authoring.getSnapshot().context.history)
  return readChapterActors(authoring).flatMap((chapter) => listChapterVideos(chapter, undoable))
}

function listChapterVideos(chapter: ChapterActor, undoable: ReadonlySet<string>): KeptVideo[] {
  const snapshot = chapter.getSnapshot()
  return snapshot.context.videos.list.flatMap((video): KeptVideo[] => {
    const actor = findVideoActor(snapshot, video.id)
    const draft = video.isEditing && actor ? readDraft(actor) : null
    if (!draft && isSettled(video) && !undoable.has(video.id)) return []
    const context = predictContext(video.id, actor, snapshot.context)
    return [{ id: video.id, chapterId: chapter.id, context: toKept(context), draft }]
  })
}

/**
 * The context of a video after its actor has started and processed the dispatches that are still
 * due. The row already shows their effect.
 */
function predictContext(
  id: string,
  actor: VideoActor | undefined,
  { added, due }: ChapterContext,
): VideoContext {
  const dispatches = due.filter(({ video }) => video.id === id)
  const hasDispatches = dispatches.length > 0
  const current = actor?.getSnapshot()
  if (current)
    return hasDispatches
      ? applyDispatches(silentVideo.resolveState(current), dispatches)
      : current.context
  const input = added.find((video) => video.id === id) ?? dispatches[0]?.video
  if (!input) throw new Error('A video without an actor is neither added nor due')
  return hasDispatches
    ? applyDispatches(initialTransition(silentVideo, input)[0], dispatches)
    : initialContext(input)
}

const applyDispatches = (
  snapshot: SnapshotFrom<typeof videoMachine>,
  dispatches: readonly VideoDispatch[],
) =>
  dispatches.reduce((current, { event }) => transition(silentVideo, current, event)[0], snapshot)
    .context

/** A video that reports to nobody, to compute its transitions without side effects. */
const silentVideo = videoMachine.provide({
  actions: { report: () => {}, reportEditor: () => {} },
})

const keptContexts = new WeakMap<VideoContext, KeptVideo['context']>()

/** Returns the same object for the same context, so that it is written only once. */
const toKept = (context: VideoContext): KeptVideo['context'] =>
  computeOnce(keptContexts, context, () => {
    const { request: _request, confirmedAt: _time, ...rest } = context
    return rest
  })

const undoableVideos = new WeakMap<History, ReadonlySet<string>>()

/** The ids of the videos that an undo or a redo can change. */
const listUndoable = (history: History): ReadonlySet<string> =>
  computeOnce(undoableVideos, history, () => {
    const operations = listOperations(history)
    return new Set(operations.filter(({ entity }) => entity === 'video').map(({ id }) => id))
  })

/** Keeps only the videos with something left to do or to undo. */
export function listUnsettled(videos: readonly KeptVideo[], history: History): KeptVideo[] {
  const undoable = listUndoable(history)
  return videos.filter(({ id, context, draft }) => {
    const { wanted, confirmed, unknown, problem, filenameProblem, placeProblem } = context
    const hasFailed = [problem, filenameProblem, placeProblem].some((value) => value !== null)
    const isPending = nextRequest(wanted, confirmed, unknown) !== null
    return isPending || hasFailed || draft !== null || undoable.has(id)
  })
}

/**
 * Restores the videos that earlier pages have stored, and resumes their work. If this page or
 * another earlier one already knows a video, only reapplies its unconfirmed changes.
 * @returns the drafts that lost to a draft open here
 */
export function resumeVideos(authoring: Authoring, videos: readonly KeptVideo[]): string[] {
  const byId = new Map(videos.map((video) => [video.id, video]))
  const newVideos = [...byId.values()].filter(({ id }) => !findOwner(authoring, id))
  const knownVideos = videos.filter((video) => !newVideos.includes(video))
  const isBlocked = findBlocked(authoring, newVideos)
  let lostDrafts: string[] = []
  sendTogether(() => {
    for (const [chapterId, chapterVideos] of groupBy(newVideos, (video) => video.chapterId)) {
      const inputs = chapterVideos.map((video) => toInput(video, isBlocked(video)))
      const event = { type: 'videos.resume' as const, videos: inputs }
      authoring.send({ type: 'chapter.dispatch', chapterId, event })
    }
    for (const { context } of knownVideos) {
      for (const event of listEventsToReapply(context))
        dispatchToVideo(authoring, toVideo(context), event)
    }
    lostDrafts = [
      ...knownVideos.flatMap(({ context }) =>
        isInConflict(context) ? context.wanted.filename : [],
      ),
      ...videos.flatMap((video) => resumeEditor(authoring, video)),
    ]
  })
  return lostDrafts
}

const toInput = ({ context }: KeptVideo, isBlocked: boolean) => ({
  ...toVideo(context),
  blockedBy: isBlocked ? context.blockedBy : null,
  kept: toContext(context),
})

/** Finds out which stored videos still have to wait: for a file, or for a video that is leaving. */
function findBlocked(authoring: Authoring, videos: readonly KeptVideo[]) {
  const resumed = videos.map(({ context }) => describeVideo(toContext(context)))
  const leaving = [...readPendingVideos(authoring), ...resumed].filter(
    (video) => findDeparture(video) !== null,
  )
  const ids = new Set(leaving.map(({ id }) => id))
  return ({ context: { blockedBy, mediaId } }: KeptVideo) =>
    blockedBy === mediaId || (blockedBy !== null && ids.has(blockedBy))
}

const toContext = (context: KeptVideo['context']): VideoContext => ({
  ...context,
  request: null,
  confirmedAt: 0,
})

/** Somebody else has renamed the video, and nobody has chosen a name yet. */
const isInConflict = (context: KeptVideo['context']) =>
  filenameStatus(toContext(context)) === 'conflict'

/** The row that the server last confirmed. */
function toVideo({ id, mediaId, durationSeconds, confirmed }: KeptVideo['context']): Video {
  const { status: _status, ...row } = confirmed
  return { id, mediaId, durationSeconds, ...row }
}

/**
 * The events that reapply what an earlier page wanted and the server has not confirmed, to a video
 * that is already known here.
 */
function listEventsToReapply(context: KeptVideo['context']): VideoEvent[] {
  const { wanted, confirmed, unknown } = context
  const request = nextRequest(wanted, confirmed, unknown)
  if (request === null) return []
  if (!wanted.isPresent) return [{ type: 'video.remove' }]
  const { filename, chapterId, position, after = null } = wanted
  const isMoved = chapterId !== confirmed.chapterId || position !== confirmed.position
  return [
    ...(request.kind === 'restore' ? [{ type: 'video.restore' as const }] : []),
    ...(filename === confirmed.filename || isInConflict(context)
      ? []
      : [{ type: 'video.setFilename' as const, filename, saved: confirmed }]),
    ...(isMoved ? [{ type: 'video.move' as const, place: { chapterId, position, after } }] : []),
  ]
}

/** @returns the stored draft, if another one is open here */
function resumeEditor(authoring: Authoring, { id, context, draft }: KeptVideo): string[] {
  if (!draft) return []
  const chapter = findOwner(authoring, id)
  chapter?.send({
    type: 'video.dispatch',
    video: toVideo(context),
    event: { type: 'video.edit', saved: context.confirmed },
  })
  const actor = findVideoActor(chapter?.getSnapshot(), id)
  return actor && resumeDraft(actor, draft) ? [] : [draft.text]
}
