import { useQueryClient } from '@tanstack/react-query'
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { memo, useRef } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { useNear } from '#ui/use-near.ts'
import type { MadeChapterChange } from '../features/chapters/chapter-changes.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { ChapterSection } from '../features/chapters/components/chapter-section.tsx'
import { UploadNote } from '../features/uploads/components/upload-note.tsx'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { LinkStatus } from '../features/videos/components/link-status.tsx'
import { VideoList } from '../features/videos/components/video-list.tsx'
import { describeError } from '../lib/http.ts'
import { ChapterActions } from './chapter-actions.tsx'
import { ChapterFailure } from './chapter-failure.tsx'
import { retitleTypedChapter } from './chapter-operations.ts'
import { type OpenDialog, useDialog } from './dialog.store.ts'
import { MoveFailures } from './move-failures.tsx'
import { RemovedChapterNotice } from './removed-chapter-notice.tsx'

type CourseChapterProps = {
  chapter: Chapter
  /** The course is small enough to load all lists and mount all rows from the start. */
  isWholeCourse: boolean
  /** The media library covers the page. */
  isCovered: boolean
  /** Someone else has removed the chapter: nothing can be added to it. */
  isRemovedElsewhere: boolean
  isCourseRemoved: boolean
  /** The last change to it, if that failed. */
  failure: MadeChapterChange | undefined
}

/** A chapter of the course page with its videos. */
export const CourseChapter = memo(function CourseChapter({
  chapter,
  isWholeCourse,
  isCovered,
  isRemovedElsewhere,
  isCourseRemoved,
  failure,
}: CourseChapterProps) {
  const section = useRef<HTMLElement>(null)
  const isNear = useNear(section) || isWholeCourse
  const isCollapsed = useCollapsed(({ collapsed }) => collapsed[chapter.id] === true)
  const isPending = chapter.version === 0
  const isLocked = isRemovedElsewhere || isCourseRemoved || isPending
  const queryClient = useQueryClient()
  const authoring = useAuthoring()

  return (
    <ChapterSection
      ref={section}
      chapter={chapter}
      onRemove={isLocked ? undefined : () => open({ kind: 'chapter-removal', chapter })}
      onRetitle={(typed) => retitleTypedChapter(queryClient, authoring, chapter, typed)}
      notice={
        <>
          {isRemovedElsewhere ? (
            <RemovedChapterNotice chapter={chapter} failure={failure} />
          ) : (
            // A new button for each failure, so that the second half of a double press on Close
            // does not close the next one.
            failure && <ChapterFailure key={failure.number} failure={failure} />
          )}
          <MoveFailures chapterId={chapter.id} />
        </>
      }
      status={
        isPending ? (
          <p className="animate-appear-late px-3 py-2 text-ink-soft">Adding this chapter…</p>
        ) : (
          <CatchBoundary getResetKey={() => chapter.id} errorComponent={() => null}>
            <LinkStatus
              chapter={chapter}
              isNear={isNear}
              isCollapsed={isCollapsed}
              onReveal={() => useCollapsed.getState().expand(chapter.id)}
            />
          </CatchBoundary>
        )
      }
      actions={isLocked ? null : <ChapterActions chapter={chapter} />}
    >
      {!isPending && (
        <CatchBoundary getResetKey={() => chapter.id} errorComponent={ChapterError}>
          <VideoList
            chapter={chapter}
            isNear={isNear}
            canAdd={!isLocked}
            isCovered={isCovered}
            onMove={(videos) => open({ kind: 'move', chapter, videos })}
            onRename={(videos, names) => open({ kind: 'renaming', videos, names })}
            renderUpload={renderUpload}
            onPlay={(video) => open({ kind: 'player', video })}
          />
        </CatchBoundary>
      )}
    </ChapterSection>
  )
})

const renderUpload = (mediaId: string, tabIndex: number) => (
  <UploadNote mediaId={mediaId} tabIndex={tabIndex} />
)

const ChapterError = ({ error, reset }: ErrorComponentProps) => (
  <div className="p-3">
    <ErrorNotice
      title="This chapter can’t be shown."
      reason={describeError(error)}
      onRetry={reset}
    />
  </div>
)

const open = (dialog: OpenDialog) => useDialog.getState().open(dialog)
