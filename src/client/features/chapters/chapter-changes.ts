import { type Mutation, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { isFinal, ProblemError } from '#client/lib/http.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import { type ChapterChange, foldChapters } from './fold-chapters.ts'

/** A change as it was made on this page, and what has become of it. */
export interface MadeChange {
  number: number
  status: 'idle' | 'pending' | 'success' | 'error'
  error: Error | null
  change: ChapterChange
}

interface Request<Answer> {
  send: () => Promise<Answer>
  /** Keeps the answer, before the change is no longer pending. */
  keep: (answer: Answer) => Promise<unknown>
  /** How often a request whose outcome is unknown is sent again. */
  retries: number
}

const changeKey = (courseId: string, ...chapterId: string[]) => [
  'chapter changes',
  courseId,
  ...chapterId,
]

/** The changes of one chapter, and the renames of its title, are sent one after the other. */
export const chapterScope = (chapterId: string) => ({ id: `chapter ${chapterId}` })

/** How long it takes until a request is sent again first, in ms; then twice as long each time. */
const retryDelay = 500

/** Sends a change. It is pending from now on, and shown by whoever folds the pending changes. */
export const makeChange = <Answer>(
  queryClient: QueryClient,
  change: ChapterChange,
  { send, keep, retries }: Request<Answer>,
): Promise<Answer> =>
  queryClient
    .getMutationCache()
    .build<Answer, Error, ChapterChange, unknown>(queryClient, {
      mutationKey: changeKey(change.chapter.courseId, change.chapter.id),
      scope: chapterScope(change.chapter.id),
      mutationFn: send,
      onSuccess: keep,
      retry: (failures, error) => failures < retries && !isRefused(error),
      retryDelay: (failures) => retryDelay * 2 ** failures,
      gcTime: Number.POSITIVE_INFINITY,
    })
    .execute(change)

const isRefused = (error: Error) => error instanceof ProblemError && isFinal(error)

/**
 * The changes of a course's chapters since the page was loaded. TanStack's own hook would show one a
 * task later, when the next key may have been pressed.
 */
export function useChapterChanges(courseId: string): readonly MadeChange[] {
  const cache = useQueryClient().getMutationCache()
  const subscribe = useCallback(
    (notify: () => void) =>
      cache.subscribe(({ type }) => {
        // The other events are about observers, and come while components render.
        if (type === 'updated' || type === 'removed') notify()
      }),
    [cache],
  )
  const read = useMemo(() => {
    let latest: readonly MadeChange[] = []
    return () => {
      const made = cache
        .findAll({ mutationKey: changeKey(courseId), predicate: isMade })
        .map(toMadeChange)
      if (!isSame(made, latest)) latest = made
      return latest
    }
  }, [cache, courseId])
  return useSyncExternalStore(subscribe, read)
}

/** One that is only just being built has no variables yet. */
const isMade = ({ state }: Mutation) => state.status !== 'idle'

const toMadeChange = ({ mutationId, state }: Mutation): MadeChange => ({
  number: mutationId,
  status: state.status,
  error: state.error,
  change: state.variables as ChapterChange,
})

const isSame = (some: readonly MadeChange[], others: readonly MadeChange[]) =>
  some.length === others.length &&
  some.every(
    ({ number, status }, index) =>
      number === others[index]?.number && status === others[index].status,
  )

/** Those that the server has not confirmed yet. */
export const listPending = (changes: readonly MadeChange[]): ChapterChange[] =>
  changes.filter(({ status }) => status === 'pending').map(({ change }) => change)

/** The chapters that a course shows now, in order; also those that others have removed. */
export function readShownChapters(queryClient: QueryClient, courseId: string): Chapter[] {
  const course = queryClient.getQueryData<CachedCourse>(queryKeys.course(courseId))
  const rows = [...(course?.chapters ?? []), ...(course?.removedElsewhere ?? [])]
  return foldChapters(rows, readPending(queryClient, courseId))
}

/** The unconfirmed changes of a course's chapters, or of one of them, in the order they were made. */
export const readPending = (
  queryClient: QueryClient,
  courseId: string,
  ...chapterId: string[]
): ChapterChange[] =>
  queryClient
    .getMutationCache()
    .findAll({ mutationKey: changeKey(courseId, ...chapterId), status: 'pending' })
    .map(({ state }) => state.variables as ChapterChange)

/** Forgets a failed change: it was tried again, or given up. */
export function forgetChange(queryClient: QueryClient, { number }: MadeChange) {
  const cache = queryClient.getMutationCache()
  const mutation = cache.find({ predicate: ({ mutationId }) => mutationId === number })
  if (mutation) cache.remove(mutation)
}

/** The failed changes that nothing was done about yet, by the chapters at which to say so. */
export function findFailures(changes: readonly MadeChange[]): ReadonlyMap<string, MadeChange> {
  const failures = new Map<string, MadeChange>()
  for (const made of changes) {
    const { change, status } = made
    const place = change.kind === 'create' ? change.copyOf : change.chapter.id
    if (place === undefined) continue
    if (status === 'error') failures.set(place, made)
    else failures.delete(place)
  }
  return failures
}
