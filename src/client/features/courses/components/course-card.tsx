import type { ReactNode } from 'react'
import { errorMessage } from '#client/lib/http.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { formatCount } from '#shared/count.ts'
import { IconButton } from '#ui/button.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { TrashIcon } from '#ui/icons.tsx'
import { useCourseRemoval } from '../api/remove-course.ts'
import { CourseTitleEditor } from './course-title-editor.tsx'

type CourseCardProps = {
  course: CourseSummary
  /** The title as a link to the course. */
  link: ReactNode
  onRemove: () => void
}

export function CourseCard({ course, link, onRemove }: CourseCardProps) {
  const removal = useCourseRemoval(course.id)
  return (
    <li
      hidden={removal?.status === 'pending'}
      // The link covers the card; the buttons are above it.
      className="relative rounded-xl border border-line bg-surface px-4 py-3 shadow-raised transition-colors hover:border-line-strong [&_button]:relative"
    >
      <div className="flex items-start gap-1">
        <CourseTitleEditor course={course} inputClassName="text-lg font-semibold">
          <div className="min-w-0 flex-1">
            <h2 dir="auto" className="text-lg font-semibold">
              {link}
            </h2>
            <p className="text-ink-soft">
              {`${formatCount(course.chapterCount, 'chapter')} · ${formatCount(course.videoCount, 'video')}`}
            </p>
          </div>
        </CourseTitleEditor>
        <IconButton
          label={`Remove course ${course.title}`}
          icon={<TrashIcon />}
          variant="danger"
          onClick={onRemove}
        />
      </div>
      {removal?.status === 'error' && (
        <div className="relative mt-2">
          <ErrorNotice
            title="The course could not be removed."
            reason={errorMessage(removal.error)}
            onRetry={onRemove}
          />
        </div>
      )}
    </li>
  )
}
