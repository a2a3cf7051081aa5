import type { QueryClient } from '@tanstack/react-query'
import { z } from '#contract/zod.ts'
import { describeError, isRefused, ProblemError } from './http.ts'
import { replaceName, type VersionedName } from './own-versions.ts'
import { queryKeys } from './query-keys.ts'

/**
 * Saves the typed title of a course or a chapter.
 * @param patch sends it with request headers that name the version it replaces
 * @returns `undefined` if that already is the title
 */
export async function replaceTitle<Renamed extends { version: number }>(
  queryClient: QueryClient,
  id: string,
  typed: VersionedName,
  patch: (headers: { 'if-match': string }) => Promise<Renamed>,
): Promise<Renamed | undefined> {
  try {
    return await replaceName(id, typed, patch, readOtherTitle)
  } catch (error) {
    // The title may have arrived. To undo it, the page has to know.
    if (!isRefused(error)) void queryClient.invalidateQueries({ queryKey: queryKeys.courses })
    throw error
  }
}

/** How the editor of a title reads why saving it failed. */
export const titleFailures = {
  readOtherName: readOtherTitle,
  isRefused,
  errorMessage: describeError,
}

const titledSchema = z.looseObject({ title: z.string(), version: z.number() })

/** The title that someone else has set meanwhile, if that is why a new one was refused. */
export function readOtherTitle(error: unknown): { name: string; version: number } | undefined {
  if (!(error instanceof ProblemError && error.status === 412)) return undefined
  const { data } = titledSchema.safeParse(error.problem.course ?? error.problem.chapter)
  return data && { name: data.title, version: data.version }
}
