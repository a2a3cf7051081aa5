import type { QueryClient } from '@tanstack/react-query'
import type { AnyActorRef } from 'xstate'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/**
 * Creates the function that names actors on the chart page: a video by its shown filename, a chapter by
 * its title if a loaded course has it, everything else by its id.
 */
export const createActorNames =
  (queryClient: QueryClient) =>
  (actor: AnyActorRef): string => {
    const { machine, context } = actor.getSnapshot() ?? {}
    if (machine?.id === 'video') return String(context.wanted.filename)
    if (machine?.id === 'chapter') {
      return findChapterTitle(queryClient, context.chapterId) ?? `Chapter ${actor.id.slice(-6)}`
    }
    return machine?.id === 'authoring' ? 'Authoring' : actor.id
  }

function findChapterTitle(queryClient: QueryClient, chapterId: string): string | undefined {
  return queryClient
    .getQueriesData<Course | { courses: CourseSummary[] }>({ queryKey: queryKeys.courses })
    .flatMap(([, data]) => (data && 'chapters' in data ? data.chapters : []))
    .find(({ id }) => id === chapterId)?.title
}
