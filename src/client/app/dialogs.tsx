import { CatchBoundary } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { formatCount } from '#shared/count.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { useRemoveChapter } from '../features/chapters/api/remove-chapter.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { useRemoveCourse } from '../features/courses/api/remove-course.ts'
import { usePicker } from '../features/media/picker.store.ts'
import {
  useAddVideos,
  useCloseChapter,
  useLinkedMedia,
  useShownVideos,
} from '../features/videos/workspace.tsx'
import { type OpenDialog, useDialog } from './dialog.store.ts'
import { loadConfirmDialog, loadMediaLibrary, loadPlayer } from './dialog-loading.ts'
import { focusHeading } from './use-heading-focus.ts'

const MediaLibrary = lazy(() =>
  loadMediaLibrary().then(({ MediaLibrary }) => ({ default: MediaLibrary })),
)
const PlayerDialog = lazy(() =>
  loadPlayer().then(({ PlayerDialog }) => ({ default: PlayerDialog })),
)
const ConfirmDialog = lazy(() =>
  loadConfirmDialog().then(({ ConfirmDialog }) => ({ default: ConfirmDialog })),
)

/** Shows the dialog that is open, if any. */
export function Dialogs() {
  const dialog = useDialog((state) => state.dialog)
  return (
    dialog && (
      <CatchBoundary getResetKey={() => JSON.stringify(dialog)} errorComponent={DialogError}>
        <Suspense>{renderDialog(dialog)}</Suspense>
      </CatchBoundary>
    )
  )
}

const DialogError = () => (
  <div className="fixed inset-x-4 bottom-4 z-40 mx-auto max-w-xl rounded-lg bg-raised shadow-floating">
    <ErrorNotice
      title="This dialog did not load."
      reason="Check the connection; when it still does not open, load the page again."
      onRetry={closeDialog}
      retryLabel="Close"
    />
  </div>
)

function renderDialog(dialog: OpenDialog) {
  switch (dialog.kind) {
    case 'media-library':
      return <ChapterMediaLibrary chapter={dialog.chapter} />
    case 'player':
      return (
        <PlayerDialog mediaId={dialog.mediaId} filename={dialog.filename} onClose={closeDialog} />
      )
    case 'chapter-removal':
      return <ChapterRemoval chapter={dialog.chapter} />
    case 'course-removal':
      return <CourseRemoval course={dialog.course} />
  }
}

function ChapterMediaLibrary({ chapter }: { chapter: Chapter }) {
  const { ids, query } = useLinkedMedia(chapter.id)
  const addVideos = useAddVideos(chapter.id)
  return (
    <MediaLibrary
      chapterTitle={chapter.title}
      linkedMediaIds={ids}
      chapterFailure={query.isError ? query : undefined}
      onAdd={(picks) => {
        addVideos([...picks])
        useCollapsed.getState().expand(chapter.id)
        usePicker.getState().clear()
        closeDialog()
      }}
      onClose={closeDialog}
    />
  )
}

function ChapterRemoval({ chapter }: { chapter: Chapter }) {
  const remove = useRemoveChapter(chapter, useCloseChapter())
  const { videos, query } = useShownVideos(chapter.id)
  return (
    <ConfirmDialog
      title="Remove this chapter?"
      confirmLabel="Remove chapter"
      onConfirm={() => {
        remove.mutate()
        focusHeadingNextFrame()
      }}
      onClose={closeDialog}
    >
      <p>
        <strong className="font-medium text-ink">{chapter.title}</strong>
        {describeLoss(videos.length, query.isSuccess)} The files stay in the media library.
      </p>
    </ConfirmDialog>
  )
}

function describeLoss(videoCount: number, isCounted: boolean): string {
  if (!isCounted) return ' goes, and with it its videos.'
  return videoCount === 0
    ? ' has no videos.'
    : ` goes, and with it ${formatCount(videoCount, 'video')}.`
}

function CourseRemoval({ course }: { course: CourseSummary }) {
  const remove = useRemoveCourse(course.id, useCloseChapter())
  return (
    <ConfirmDialog
      title="Remove this course?"
      confirmLabel="Remove course"
      onConfirm={() => {
        remove.mutate()
        focusHeadingNextFrame()
      }}
      onClose={closeDialog}
    >
      <p>
        <strong className="font-medium text-ink">{course.title}</strong> goes, and with it{' '}
        {formatCount(course.chapterCount, 'chapter')} and {formatCount(course.videoCount, 'video')}.
        The files stay in the media library.
      </p>
    </ConfirmDialog>
  )
}

function closeDialog() {
  // To remove what has the focus would make the browser lay the page out halfway through the change.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  useDialog.getState().close()
}

// Once the dialog has let go of the focus, and before it hands it back to a button that is gone.
const focusHeadingNextFrame = () => requestAnimationFrame(focusHeading)
