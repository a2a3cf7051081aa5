import type { QueryClient } from '@tanstack/react-query'
import type { AnyActorRef } from 'xstate'
import { findChapter } from '../../features/chapters/course-cache.ts'

/**
 * Creates the function that names actors on the chart page: a video by its shown filename, a
 * chapter by its title if a loaded course has it, everything else by its id.
 */
export const createActorNames =
  (queryClient: QueryClient) =>
  (actor: AnyActorRef): string => {
    const { machine, context } = actor.getSnapshot() ?? {}
    if (machine?.id === 'video') return String(context.wanted.filename)
    if (machine?.id === 'chapter') {
      return findChapter(queryClient, context.chapterId)?.title ?? `Chapter ${actor.id.slice(-6)}`
    }
    return machine?.id === 'authoring' ? 'Authoring' : actor.id
  }
