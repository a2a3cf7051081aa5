import { initialTransition, type SnapshotFrom, transition } from 'xstate'
import { computeOnce } from '#client/lib/compute-once.ts'
import type { ChapterContext, VideoDispatch } from '#machines/chapter.machine.ts'
import { type History, listOperations } from '#machines/history.ts'
import { nextRequest } from '#machines/next-request.ts'
import { initialContext, type VideoContext } from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { type ChapterActor, readChapterActors, type VideoActor } from './authoring-context.tsx'
import { readDraft } from './drafts.ts'
import { isSettled } from './fold-videos.ts'
import type { KeptVideo } from './kept-video-schema.ts'
import { findVideoActor } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/**
 * Lists the videos to persist: those with something pending, failed or being typed, and those that
 * an undo or a redo may need.
 * @param history by default, all of this page's
 */
export function listKeptVideos(
  authoring: Authoring,
  history: History = authoring.getSnapshot().context.history,
): KeptVideo[] {
  const undoable = listUndoable(history)
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
