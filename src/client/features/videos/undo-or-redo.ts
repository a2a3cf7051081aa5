import type { QueryClient } from '@tanstack/react-query'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Video } from '#contract/videos.ts'
import type { VideoDispatch } from '#machines/chapter.machine.ts'
import { type Direction, nextChange, type Operation, operationsFor } from '#machines/history.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import type { VideoList } from './api/list-videos.ts'
import { readChapterActors } from './authoring-context.tsx'
import { dispatchToVideos } from './dispatch-videos.ts'
import { readSaved, type ShownVideo } from './fold-videos.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'
import { findPending } from './visiting-videos.ts'

/**
 * The current value of what an operation changes; `null` if it waits for somebody's decision,
 * `undefined` if its entity is gone.
 */
type CurrentValue = Operation['from'] | null | undefined

/** Carries out operations on one kind of entity. */
export interface OperationHandler {
  /** Loads what `read` needs. `undefined` if the page has it. */
  load?: (operation: Operation) => Promise<unknown> | undefined
  read: (operation: Operation) => CurrentValue
  apply: (operation: Operation) => void
}

export type OperationHandlers = Record<Exclude<Operation['entity'], 'video'>, OperationHandler>

/**
 * Undoes the last change, or redoes the next one. A part that already is as it was before needs
 * nothing, such as a move that the server refused. If somebody else has changed a part of it since,
 * nothing changes: the history drops the change and reports that part. If the page has to load
 * something to tell, the change waits for it.
 * @param handlers carry out the operations on anything but videos
 */
export function undoOrRedo(
  authoring: Authoring,
  queryClient: QueryClient,
  direction: Direction,
  handlers: OperationHandlers,
) {
  const { history } = authoring.getSnapshot().context
  const change = nextChange(history, direction)
  if (!change) return
  const loading = operationsFor(change, direction).flatMap((operation) =>
    operation.entity === 'video' ? [] : (handlers[operation.entity].load?.(operation) ?? []),
  )
  if (loading.length === 0) return travel(authoring, queryClient, direction, handlers)
  Promise.all(loading).then(
    () => {
      const latest = authoring.getSnapshot().context.history
      // A change made meanwhile is not the one to undo.
      if (latest.count !== history.count) return
      // An earlier press may have waited for the same.
      const isDone = nextChange(latest, direction) !== change
      const next = isDone ? undoOrRedo : travel
      next(authoring, queryClient, direction, handlers)
    },
    () => {
      // It can still be undone once the server answers.
    },
  )
}

function travel(
  authoring: Authoring,
  queryClient: QueryClient,
  direction: Direction,
  handlers: OperationHandlers,
) {
  const change = nextChange(authoring.getSnapshot().context.history, direction)
  if (!change) return
  const videos = createVideoHandler(authoring, queryClient)
  const read = (operation: Operation) =>
    operation.entity === 'video'
      ? videos.read(operation)
      : handlers[operation.entity].read(operation)
  const all = operationsFor(change, direction).map((operation) => {
    const value = read(operation)
    return { operation, status: compareValue(value, operation), isGone: value === undefined }
  })
  const changed = all.find(({ status }) => status === 'changed')
  if (changed) {
    const { operation, isGone } = changed
    authoring.send({ type: 'change.dropped', direction, obstacle: { ...operation, isGone } })
    return
  }
  const operations = all.flatMap(({ operation, status }) => (status === 'due' ? operation : []))
  dispatchToVideos(authoring, operations.flatMap(videos.listDispatches))
  for (const operation of operations) {
    if (operation.entity !== 'video') handlers[operation.entity].apply(operation)
  }
  authoring.send({ type: 'change.passed', direction })
}

/** Whether an operation is due, has nothing left to do, or meets a value that it doesn't know. */
function compareValue(value: CurrentValue, { from, to }: Operation) {
  if (isSame(value, from)) return 'due'
  return isSame(value, to) ? 'done' : 'changed'
}

function isSame(value: CurrentValue, expected: Operation['from']): boolean {
  if (typeof value !== 'object' || value === null || typeof expected !== 'object') {
    return value === expected
  }
  // For a place after another video, the server chooses the key.
  const isKeyKnown = expected.after === undefined
  return (
    value.chapterId === expected.chapterId && (!isKeyKnown || value.position === expected.position)
  )
}

function createVideoHandler(authoring: Authoring, queryClient: QueryClient) {
  const shown = readAllShown(authoring, queryClient)
  const chapters = readChapterActors(authoring)
  const readPending = (id: string) => findPending(chapters, id)
  return {
    read: ({ id, field }: Operation) => readField(field, shown.get(id), readPending(id)),

    /** The dispatches that carry out an operation; none unless the page knows the video. */
    listDispatches(operation: Operation): VideoDispatch[] {
      if (operation.entity !== 'video') return []
      const video = shown.get(operation.id)
      const target = video ?? readPending(operation.id)
      const event = eventFor(operation, video)
      return target && event ? [{ video: toVideo(target), event }] : []
    },
  }
}

function readField(
  field: Operation['field'],
  video: ShownVideo | undefined,
  pending: PendingVideo | undefined,
): CurrentValue {
  if (field === 'isPresent') {
    if (video) return true
    return pending && !pending.wanted.isPresent ? false : undefined
  }
  if (!video || video.isRemovedElsewhere) return undefined
  const { chapterId, position } = video
  if (field === 'place') return { chapterId, position }
  return pending?.filenameStatus === 'conflict' ? null : video.filename
}

/** The event that carries out an operation. */
function eventFor(operation: Operation, shown: ShownVideo | undefined): VideoEvent | null {
  switch (operation.field) {
    case 'isPresent':
      return { type: operation.to ? 'video.restore' : 'video.remove' }
    case 'place':
      return { type: 'video.move', place: operation.to }
    case 'filename':
      return shown
        ? { type: 'video.setFilename', filename: operation.to, saved: readSaved(shown) }
        : null
    default:
      return null
  }
}

/** All videos that the page shows, or will once their chapters are near the viewport. */
function readAllShown(
  authoring: Authoring,
  queryClient: QueryClient,
): ReadonlyMap<string, ShownVideo> {
  const chapterIds = new Set([
    ...readChapterActors(authoring).map(({ id }) => id),
    ...queryClient
      .getQueriesData<VideoList>({ queryKey: queryKeys.videoLists })
      .flatMap(([[, chapterId]]) => (typeof chapterId === 'string' ? [chapterId] : [])),
  ])
  return new Map(
    [...chapterIds]
      .flatMap((chapterId) => readShownVideos(authoring, queryClient, chapterId))
      .map((video) => [video.id, video]),
  )
}

/** Converts a video to a row to act on; a removed one has only its pending state. */
function toVideo(video: ShownVideo | PendingVideo): Video {
  if ('filename' in video) return video
  const { id, mediaId, durationSeconds, wanted, confirmed } = video
  const { filename, chapterId, position } = wanted
  const { version, revision } = confirmed
  return { id, mediaId, durationSeconds, filename, chapterId, position, version, revision }
}
