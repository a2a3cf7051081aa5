import type { QueryClient } from '@tanstack/react-query'
import { type Direction, listOperationsFor, type Operation, peekChange } from '#machines/history.ts'
import { dispatchToVideos } from './dispatch-videos.ts'
import { type CurrentValue, createVideoHandler } from './undo-videos.ts'
import type { Authoring } from './videos.actors.ts'

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
 * nothing, such as a move that the server refused. If someone else has changed a part of it since,
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
  const change = peekChange(history, direction)
  if (!change) return
  const loading = listOperationsFor(change, direction).flatMap((operation) =>
    operation.entity === 'video' ? [] : (handlers[operation.entity].load?.(operation) ?? []),
  )
  if (loading.length === 0) return applyNext(authoring, queryClient, direction, handlers)
  Promise.all(loading).then(
    () => {
      const latest = authoring.getSnapshot().context.history
      // A change made meanwhile is not the one to undo.
      if (latest.count !== history.count) return
      // An earlier press may have waited for the same.
      const isDone = peekChange(latest, direction) !== change
      const next = isDone ? undoOrRedo : applyNext
      next(authoring, queryClient, direction, handlers)
    },
    () => {
      // It can still be undone once the server answers.
    },
  )
}

function applyNext(
  authoring: Authoring,
  queryClient: QueryClient,
  direction: Direction,
  handlers: OperationHandlers,
) {
  const change = peekChange(authoring.getSnapshot().context.history, direction)
  if (!change) return
  const videos = createVideoHandler(authoring, queryClient)
  const read = (operation: Operation) =>
    operation.entity === 'video'
      ? videos.read(operation)
      : handlers[operation.entity].read(operation)
  const all = listOperationsFor(change, direction).map((operation) => {
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
  authoring.send({ type: 'change.applied', direction })
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
