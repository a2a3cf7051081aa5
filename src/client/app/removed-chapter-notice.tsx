import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { useRestoreChapter } from '../features/chapters/api/restore-chapter.ts'
import { dropChapter } from '../features/chapters/course-cache.ts'
import { useCloseChapter } from '../features/videos/authoring-context.tsx'
import { useRetryFailed } from '../features/videos/use-chapter.ts'
import { errorMessage } from '../lib/http.ts'
import { focusHeading } from './use-heading-focus.ts'

/** Says that somebody else removed a chapter, which stays on the page with what was done in it. */
export function RemovedChapterNotice({ chapter }: { chapter: Chapter }) {
  const queryClient = useQueryClient()
  const closeChapter = useCloseChapter()
  const restore = useRestoreChapter(chapter, useRetryFailed(chapter.id))
  return (
    <ErrorNotice
      title="This chapter was removed elsewhere."
      reason={
        restore.isError
          ? errorMessage(restore.error)
          : 'What you did in it stays here until you close it.'
      }
      onRetry={() => restore.mutate()}
      retryLabel="Bring it back"
      onClose={() => {
        focusHeading()
        closeChapter(chapter.id)
        dropChapter(queryClient, chapter)
      }}
    />
  )
}
