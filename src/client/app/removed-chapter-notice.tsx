import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { restoreChapter } from '../features/chapters/api/restore-chapter.ts'
import type { MadeChange } from '../features/chapters/chapter-changes.ts'
import { dropChapter } from '../features/chapters/course-cache.ts'
import { useCloseChapter } from '../features/videos/authoring-context.tsx'
import { useRetryFailed } from '../features/videos/use-chapter.ts'
import { errorMessage } from '../lib/http.ts'
import { ignore } from './chapter-commands.ts'
import { focusHeading } from './use-heading-focus.ts'

type RemovedChapterNoticeProps = {
  chapter: Chapter
  /** The last change of it, if it failed. */
  failure: MadeChange | undefined
}

/** Says that somebody else removed a chapter, which stays on the page with what was done in it. */
export function RemovedChapterNotice({ chapter, failure }: RemovedChapterNoticeProps) {
  const queryClient = useQueryClient()
  const closeChapter = useCloseChapter()
  const retryFailed = useRetryFailed(chapter.id)
  return (
    <ErrorNotice
      title="This chapter was removed elsewhere."
      reason={
        failure?.change.kind === 'restore'
          ? errorMessage(failure.error)
          : 'What you did in it stays here until you close it.'
      }
      onRetry={() => void restoreChapter(queryClient, chapter).then(retryFailed).catch(ignore)}
      retryLabel="Bring it back"
      onClose={() => {
        focusHeading()
        closeChapter(chapter.id)
        dropChapter(queryClient, chapter)
      }}
    />
  )
}
