import type { QueryClient } from '@tanstack/react-query'
import type { AnyActorRef } from 'xstate'
import type { Course, CourseSummary } from '#contract/courses.ts'
import { queryKeys } from '../../lib/query-keys.ts'

/**
 * What the chart page calls an actor: a video by the filename that is shown, a chapter by its title, or by its id where no course that
 * has it is known here, and everything else by its id.
 */
export const createActorNames =
  (queryClient: QueryClient) =>
  (actor: AnyActorRef): string => {
    const { machine, context } = actor.getSnapshot() ?? {}
    if (machine?.id === 'video') return String(context.pendingFilename ?? context.filename)
    if (machine?.id === 'chapter') {
      return chapterTitle(queryClient, context.chapterId) ?? `Chapter ${actor.id.slice(-6)}`
    }
    return machine?.id === 'workspace' ? 'Workspace' : actor.id
  }

function chapterTitle(queryClient: QueryClient, chapterId: string): string | undefined {
  return queryClient
    .getQueriesData<Course | { courses: CourseSummary[] }>({ queryKey: queryKeys.courses })
    .flatMap(([, known]) => (known && 'chapters' in known ? known.chapters : []))
    .find(({ id }) => id === chapterId)?.title
}
