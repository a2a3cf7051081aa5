import { useMemo } from 'react'
import { useNameDrafts } from '#ui/name-draft.ts'
import { chapterDraftKey } from '../features/chapters/chapter-changes.ts'
import type { ChapterChange } from '../features/chapters/fold-chapters.ts'
import { courseDraftKey } from '../features/courses/course-draft.ts'
import type { CourseChange } from '../features/courses/fold-courses.ts'
import { useChanges } from '../lib/changes.ts'
import type { MadeChange } from '../lib/made-changes.ts'

/** A new title that is being saved, or that could not be. */
export interface TitleChange {
  /** The id of the course or the chapter. */
  id: string
  title: string
  isFailed: boolean
}

/** The latest unsaved title of each course and chapter, and how many requests are in flight. */
export function useTitleChanges() {
  const courses = useChanges<CourseChange>('courses')
  const chapters = useChanges<ChapterChange>('chapters')
  const drafts = useNameDrafts((state) => state.drafts)
  return useMemo(() => {
    const retitles = [...courses, ...chapters].flatMap(toRetitle)
    const latest = new Map(retitles.map((retitle) => [retitle.id, retitle]))
    // A title that could not be saved stays in its editor until that is closed.
    const isUnsaved = ({ status, draftKey }: Retitle) =>
      status === 'pending' || (status === 'error' && drafts[draftKey]?.status === 'failed')
    return {
      titles: [...latest.values()]
        .filter(isUnsaved)
        .map(({ id, title, status }) => ({ id, title, isFailed: status === 'error' })),
      requestCount: retitles.filter(({ status }) => status === 'pending').length,
    }
  }, [courses, chapters, drafts])
}

type Retitle = Pick<MadeChange<unknown>, 'status'> & { id: string; title: string; draftKey: string }

function toRetitle({ change, status }: MadeChange<CourseChange | ChapterChange>): Retitle[] {
  if (change.kind !== 'retitle') return []
  const { title } = change
  // Other failures are shown at the course or the chapter.
  if (status === 'error' && !change.isTyped) return []
  if ('chapter' in change) {
    const { id } = change.chapter
    return [{ id, title, status, draftKey: chapterDraftKey(id) }]
  }
  const { id } = change.course
  return [{ id, title, status, draftKey: courseDraftKey(id) }]
}
