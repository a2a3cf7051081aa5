import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { formatCount } from '#shared/count.ts'
import { Name } from '#ui/name.tsx'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { useShownVideos } from '../features/videos/use-chapter.ts'
import { removeChapterWithVideos } from './chapter-operations.ts'
import { removeCourseWithChapters } from './course-operations.ts'
import { useCourseSize } from './course-totals.tsx'
import { closeDialog } from './dialog.store.ts'
import { ConfirmDialog } from './dialog-code.ts'
import { focusHeading } from './use-heading-focus.ts'

/** Asks before removing a chapter. */
export function ChapterRemoval({ chapter }: { chapter: Chapter }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { videos, query } = useShownVideos(chapter.id)
  return (
    <ConfirmDialog
      title="Remove this chapter?"
      confirmLabel="Remove chapter"
      onConfirm={() => {
        void removeChapterWithVideos(queryClient, authoring, chapter)
        focusHeadingNextFrame()
      }}
      onClose={closeDialog}
    >
      <p>
        <strong className="font-medium text-ink">
          <Name>{chapter.title}</Name>
        </strong>
        <span>{describeLoss(videos.length, query.isSuccess)}</span>
      </p>
    </ConfirmDialog>
  )
}

function describeLoss(videoCount: number, isExact: boolean): string {
  if (isExact && videoCount === 0) return ' will be removed. It has no videos.'
  const videos = isExact ? formatCount(videoCount, 'video') : 'videos'
  return ` and its ${videos} will be removed. The files stay in the media library.`
}

/** Asks before removing a course. */
export function CourseRemoval({ course }: { course: CourseSummary }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const size = useCourseSize(course)
  return (
    <ConfirmDialog
      title="Remove this course?"
      confirmLabel="Remove course"
      onConfirm={() => {
        void removeCourseWithChapters(queryClient, authoring, course)
        focusHeadingNextFrame()
      }}
      onClose={closeDialog}
    >
      <p>
        <strong className="font-medium text-ink">
          <Name>{course.title}</Name>
        </strong>
        <span>{describeCourseLoss(size)}</span>
      </p>
    </ConfirmDialog>
  )
}

function describeCourseLoss({
  chapterCount,
  videoCount,
  isExact,
}: ReturnType<typeof useCourseSize>): string {
  // The server has not counted pending videos.
  if (!isExact && videoCount === 0) return ' will be removed, with everything in it.'
  if (chapterCount === 0) return ' will be removed. It has no chapters.'
  const chapters = formatCount(chapterCount, 'chapter')
  if (videoCount === 0) return ` and its ${chapters} will be removed. It has no videos.`
  return `, its ${chapters} and ${formatCount(videoCount, 'video')} will be removed. The files stay in the media library.`
}

// After the dialog has released the focus, and before it restores it to a button that is gone.
const focusHeadingNextFrame = () => requestAnimationFrame(focusHeading)
