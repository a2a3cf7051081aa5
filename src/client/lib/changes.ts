import { type Mutation, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { isFinal, ProblemError } from './http.ts'
import type { MadeChange } from './made-changes.ts'
import { queryKeys } from './query-keys.ts'

/** The name of some changes: `['chapters', courseId, chapterId]`, or its beginning. */
type ChangeKey = readonly string[]

export interface ChangeRequest<Answer> {
  /** The changes with the same scope are sent one after the other. */
  scope: { id: string }
  send: () => Promise<Answer>
  /** Keeps the answer, before the change is no longer pending. */
  keep: (answer: Answer) => Promise<unknown>
  /** How often a request whose outcome is unknown is sent again. */
  retries: number
}

/** How long it takes until a request is sent again first, in ms; then twice as long each time. */
const retryDelay = 500

/** Sends a change. It is pending from now on, and shown by whoever folds the pending changes. */
export const makeChange = <Change, Answer>(
  queryClient: QueryClient,
  key: ChangeKey,
  change: Change,
  { scope, send, keep, retries }: ChangeRequest<Answer>,
): Promise<Answer> =>
  queryClient
    .getMutationCache()
    .build<Answer, Error, Change, unknown>(queryClient, {
      mutationKey: mutationKey(key),
      scope,
      mutationFn: send,
      onSuccess: keep,
      onError: (error) => {
        // What somebody else did may be the reason, and has to be shown.
        if (isRefused(error)) void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
      },
      retry: (failures, error) => failures < retries && !isRefused(error),
      retryDelay: (failures) => retryDelay * 2 ** failures,
      gcTime: Number.POSITIVE_INFINITY,
    })
    .execute(change)

const isRefused = (error: Error) => error instanceof ProblemError && isFinal(error)

const mutationKey = (key: ChangeKey) => ['changes', ...key]

/**
 * The changes with a key since the page was loaded. TanStack's own hook would show one a task
 * later, when the next key may have been pressed.
 */
export function useChanges<Change>(...key: ChangeKey): readonly MadeChange<Change>[] {
  const queryClient = useQueryClient()
  const cache = queryClient.getMutationCache()
  const name = key.join()
  const subscribe = useCallback(
    (notify: () => void) =>
      cache.subscribe(({ type }) => {
        // The other events are about observers, and come while components render.
        if (type === 'updated' || type === 'removed') notify()
      }),
    [cache],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key's parts are in its name
  const read = useMemo(() => {
    let latest: readonly MadeChange<Change>[] = []
    return () => {
      const made = readChanges<Change>(queryClient, ...key)
      if (!isSame(made, latest)) latest = made
      return latest
    }
  }, [queryClient, name])
  return useSyncExternalStore(subscribe, read)
}

/** One that is only just being built has no variables yet. */
const isMade = ({ state }: Mutation) => state.status !== 'idle'

const toMadeChange = <Change>({ mutationId, state }: Mutation): MadeChange<Change> => ({
  number: mutationId,
  status: state.status,
  error: state.error,
  change: state.variables as Change,
})

const isSame = (some: readonly MadeChange<unknown>[], others: readonly MadeChange<unknown>[]) =>
  some.length === others.length &&
  some.every(
    ({ number, status }, index) =>
      number === others[index]?.number && status === others[index].status,
  )

/** The changes with a key since the page was loaded, for an event. */
export const readChanges = <Change>(queryClient: QueryClient, ...key: ChangeKey) =>
  queryClient
    .getMutationCache()
    .findAll({ mutationKey: mutationKey(key), predicate: isMade })
    .map(toMadeChange<Change>)

/** Forgets a failed change: it was tried again, or discarded. */
export function forgetChange(queryClient: QueryClient, { number }: MadeChange<unknown>) {
  const cache = queryClient.getMutationCache()
  const mutation = cache.find({ predicate: ({ mutationId }) => mutationId === number })
  if (mutation) cache.remove(mutation)
}
