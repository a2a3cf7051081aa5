import { type QueryClient, useMutationState } from '@tanstack/react-query'
import { z } from '#contract/zod.ts'
import { ProblemError } from './http.ts'
import { queryKeys } from './query-keys.ts'

/** A title, and the version of the one that it is to replace. */
interface NewTitle {
  title: string
  version: number
}

/** Sends a title in place of a version, given as the headers of its request. */
type Patch<Renamed> = (title: string, headers: { 'if-match': string }) => Promise<Renamed>

const ownChanges = new Map<string, { from: number; to: number }>()

/**
 * The options of a mutation that renames a course or a chapter, one rename after the other. Two
 * editors of one page may have been opened over the same version: the one that is saved later
 * replaces what the other has just saved, without a conflict.
 */
export const titleMutation = <Renamed extends { version: number }>(
  queryClient: QueryClient,
  id: string,
  patch: Patch<Renamed>,
) => ({
  mutationKey: titleKey(id),
  mutationFn: async ({ title, version }: NewTitle) => {
    const own = ownChanges.get(id)
    // What is still being created starts with version 1.
    const replaced = own?.from === version ? own.to : Math.max(version, 1)
    const renamed = await patch(title, { 'if-match': `"${replaced}"` })
    ownChanges.set(id, { from: version, to: renamed.version })
    return renamed
  },
  onError: (error: Error) => {
    if (isVersionMismatch(error)) {
      void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
    }
  },
})

const titleKey = (id: string) => ['titles', id]

/** A new title that is on its way to the server, or was not taken. */
export interface TitleChange {
  /** The course's or the chapter's. */
  id: string
  title: string
  isFailed: boolean
}

/** The latest title of each course and chapter that the server does not have. */
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

/** The title that somebody else gave meanwhile, if that is why a new one was refused. */
export function readOtherTitle(error: unknown): { name: string; version: number } | undefined {
  if (!isVersionMismatch(error)) return undefined
  const { data } = titledSchema.safeParse(error.problem.course ?? error.problem.chapter)
  return data && { name: data.title, version: data.version }
}

const isVersionMismatch = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.status === 412
