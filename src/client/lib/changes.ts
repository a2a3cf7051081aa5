import { type Mutation, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { isRefused } from './http.ts'
import { listPending, type MadeChange } from './made-changes.ts'
import { queryKeys } from './query-keys.ts'

/** The key of a group of changes: `['chapters', courseId, chapterId]`, or a prefix of it. */
type ChangeKey = readonly string[]

export interface ChangeRequest<Result> {
  /** Changes with the same scope are sent one at a time. */
  scope: { id: string }
  send: () => Promise<Result>
  /** Applies the response, usually to the cache, while the change still counts as pending. */
  applyResponse: (result: Result) => Promise<unknown>
  /** How many times a request whose outcome is unknown is retried. */
  retries: number
  /** Whether it is forgotten soon after it is settled; otherwise it stays in `useChanges`. */
  isForgotten?: boolean
}

/** The delay before the first retry, in ms. It doubles with each further one. */
const retryDelay = 500

/** Sends a change. It is pending at once, so every fold over the pending changes shows it. */
export const makeChange = <Change, Result>(
  queryClient: QueryClient,
  key: ChangeKey,
  change: Change,
  { scope, send, applyResponse, retries, isForgotten = false }: ChangeRequest<Result>,
): Promise<Result> =>
  queryClient
    .getMutationCache()
    .build<Result, Error, Change, unknown>(queryClient, {
      mutationKey: mutationKey(key),
      scope,
      mutationFn: send,
      onSuccess: applyResponse,
      onError: (error) => {
        // Someone else's change may be the reason, and has to be shown.
        if (isRefused(error)) void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
      },
      retry: (failures, error) => failures < retries && !isRefused(error),
      retryDelay: (failures) => retryDelay * 2 ** failures,
      gcTime: isForgotten ? 0 : Number.POSITIVE_INFINITY,
    })
    .execute(change)

const mutationKey = (key: ChangeKey) => ['changes', ...key]

/**
 * The changes with a key since the page was loaded. TanStack's own hook would show a change one
 * task later, when the next key may already have been pressed.
 */
export function useChanges<Change>(...key: ChangeKey): readonly MadeChange<Change>[] {
  const queryClient = useQueryClient()
  const cache = queryClient.getMutationCache()
  const name = key.join()
  const subscribe = useCallback(
    (notify: () => void) =>
      cache.subscribe(({ type }) => {
        // The other events concern observers, and are emitted while components render.
        if (type === 'updated' || type === 'removed') notify()
      }),
    [cache],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` contains the key's parts
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

/** A mutation that is still being built has no variables yet. */
const isMade = ({ state }: Mutation) => state.status !== 'idle'

const toMadeChange = <Change>({ mutationId, state }: Mutation): MadeChange<Change> => ({
  number: mutationId,
  status: state.status,
  error: state.error,
  change: state.variables as Change,
})

const isSame = (left: readonly MadeChange<unknown>[], right: readonly MadeChange<unknown>[]) =>
  left.length === right.length &&
  left.every(
    ({ number, status }, index) =>
      number === right[index]?.number && status === right[index].status,
  )

/** Like `useChanges`, for use in event handlers. */
export const readChanges = <Change>(queryClient: QueryClient, ...key: ChangeKey) =>
  queryClient
    .getMutationCache()
    .findAll({ mutationKey: mutationKey(key), predicate: isMade })
    .map(toMadeChange<Change>)

/**
 * Waits until no such change is pending.
 * @param group the first part of the changes' keys
 * @returns `undefined` if none is pending now
 * @throws the reason of the signal
 */
export function whenNonePending<Change>(
  queryClient: QueryClient,
  group: string,
  isAwaited: (change: Change) => boolean,
  signal: AbortSignal,
): Promise<void> | undefined {
  const isPending = () =>
    listPending(readChanges<Change>(queryClient, group)).some((change) => isAwaited(change))
  if (!isPending()) return
  return new Promise((resolve, reject) => {
    const ending = new AbortController()
    const stop = queryClient.getMutationCache().subscribe(() => {
      if (isPending()) return
      ending.abort()
      resolve()
    })
    ending.signal.addEventListener('abort', stop)
    const abort = () => {
      ending.abort()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { signal: ending.signal })
  })
}

/** Forgets a failed change that was retried or discarded. */
export function forgetChange(queryClient: QueryClient, { number }: MadeChange<unknown>) {
  const cache = queryClient.getMutationCache()
  const mutation = cache.find({ predicate: ({ mutationId }) => mutationId === number })
  if (mutation) cache.remove(mutation)
}
