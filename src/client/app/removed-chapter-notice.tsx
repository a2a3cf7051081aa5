import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { focusHeaderOnUnmount } from '#ui/focus.ts'
import { useNameDrafts } from '#ui/name-draft.ts'
import { chapterDraftKey, type MadeChapterChange } from '../features/chapters/chapter-changes.ts'
import { removeCachedChapter } from '../features/chapters/course-cache.ts'
import { closeChapter, useAuthoring } from '../features/videos/authoring-context.tsx'
import { useShownVideos } from '../features/videos/use-chapter.ts'
import { describeError } from '../lib/http.ts'
import { ignore, restoreAndRetry } from './chapter-operations.ts'
import { focusHeading } from './use-heading-focus.ts'

type RemovedChapterNoticeProps = {
  chapter: Chapter
  /** The last change to it, if that failed. */
  failure: MadeChapterChange | undefined
}

/** Says that someone else has removed a chapter. It stays on the page with the work done in it. */
export function RemovedChapterNotice({ chapter, failure }: RemovedChapterNoticeProps) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { videos } = useShownVideos(chapter.id, false)
  return (
    <div ref={focusHeaderOnUnmount}>
      <ErrorNotice
        title="This chapter was removed by someone else."
        reason={
          failure?.change.kind === 'restore'
            ? describeError(failure.error)
            : describeChoice(videos.length)
        }
        onRetry={() => void restoreAndRetry(queryClient, authoring, chapter).catch(ignore)}
        retryLabel="Restore chapter"
        onClose={() => {
          focusHeading()
          closeChapter(authoring, chapter.id)
          removeCachedChapter(queryClient, chapter)
          useNameDrafts.getState().close(chapterDraftKey(chapter.id))
        }}
      />
    </div>
  )
}

const describeChoice = (videoCount: number) =>
  videoCount === 0
    ? 'It stays here until you close it. You can restore it.'
    : 'Your changes stay here until you close it. You can restore it, or move its videos to another chapter.'
