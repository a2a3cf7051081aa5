import { useMemo } from 'react'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { listPending, useChapterChanges } from './chapter-changes.ts'
import { foldChapters } from './fold-chapters.ts'

/** The chapters that a course shows, in order, and the changes of them that were made here. */
export function useShownChapters({ id, chapters, removedElsewhere }: CachedCourse) {
  const changes = useChapterChanges(id)
  const shown = useMemo(
    () => foldChapters([...chapters, ...(removedElsewhere ?? [])], listPending(changes)),
    [chapters, removedElsewhere, changes],
  )
  return { chapters: shown, changes }
}
