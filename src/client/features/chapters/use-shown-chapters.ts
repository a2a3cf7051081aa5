import { useMemo } from 'react'
import type { CachedCourse } from '#client/lib/cached-course.ts'
import { useChanges } from '#client/lib/changes.ts'
import { listPending } from '#client/lib/made-changes.ts'
import { chapterKey } from './chapter-changes.ts'
import { type ChapterChange, foldChapters } from './fold-chapters.ts'

/** The chapters that a course shows, in order, and the changes made to them here. */
export function useShownChapters({ id, chapters, removedElsewhere }: CachedCourse) {
  const changes = useChanges<ChapterChange>(...chapterKey(id))
  const shown = useMemo(
    () => foldChapters([...chapters, ...(removedElsewhere ?? [])], listPending(changes)),
    [chapters, removedElsewhere, changes],
  )
  return { chapters: shown, changes }
}
