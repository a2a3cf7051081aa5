import { type QueryClient, useMutationState } from '@tanstack/react-query'
import { z } from '#contract/zod.ts'
import { ProblemError } from './http.ts'
import { replaceVersion } from './own-versions.ts'
import { queryKeys } from './query-keys.ts'

/** A title, and the version of the title that it replaces. */
interface NewTitle {
  title: string
  version: number
}

/** Sends a title with request headers that name the version it replaces. */
type Patch<Renamed> = (title: string, headers: { 'if-match': string }) => Promise<Renamed>

/**
 * Options of a mutation that renames a course or a chapter; callers add a `scope`, so that renames
 * run one at a time, and a later one replaces an earlier one of this page without a conflict.
 */
export const titleMutationOptions = <Renamed extends { version: number }>(
  queryClient: QueryClient,
  id: string,
  patch: Patch<Renamed>,
) => ({
  mutationKey: titleKey(id),
  mutationFn: ({ title, version }: NewTitle) =>
    replaceVersion(id, version, (headers) => patch(title, headers)),
  onError: (error: Error) => {
    if (isVersionMismatch(error)) {
      void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
    }
  },
})

const titleKey = (id: string) => ['titles', id]

/** A new title that is being saved, or that could not be. */
export interface TitleChange {
  /** The id of the course or the chapter. */
  id: string
  title: string
  isFailed: boolean
}

/** The latest unsaved title of each course and chapter. */
export function useTitleChanges(): TitleChange[] {
  const changes = useMutationState({
    filters: { mutationKey: ['titles'] },
    select: ({ options, state }) => ({
      id: String(options.mutationKey?.[1]),
      title: titledSchema.safeParse(state.variables).data?.title ?? '',
      status: state.status,
    }),
  })
  const latest = new Map(changes.map((change) => [change.id, change]))
  return [...latest.values()]
    .filter(({ status }) => status === 'pending' || status === 'error')
    .map(({ id, title, status }) => ({ id, title, isFailed: status === 'error' }))
}

const titledSchema = z.looseObject({ title: z.string(), version: z.number() })

/** The title that someone else has set meanwhile, if that is why a new one was refused. */
export function readOtherTitle(error: unknown): { name: string; version: number } | undefined {
  if (!isVersionMismatch(error)) return undefined
  const { data } = titledSchema.safeParse(error.problem.course ?? error.problem.chapter)
  return data && { name: data.title, version: data.version }
}

const isVersionMismatch = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.status === 412
