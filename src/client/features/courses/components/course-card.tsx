import type { ReactElement, ReactNode } from 'react'
import type { CourseSummary } from '#contract/courses.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { IconButton } from '#ui/button.tsx'
import { moveFocusOnUnmount } from '#ui/focus.ts'
import { CopyIcon, TrashIcon } from '#ui/icons.tsx'
import type { TypedName } from '#ui/save-draft.ts'
import type { MadeCourseChange } from '../course-changes.ts'
import type { CourseChange } from '../fold-courses.ts'
import { CourseFailureNotice } from './course-failure-notice.tsx'
import { CourseTitleEditor } from './course-title-editor.tsx'

type CourseCardProps = {
  course: CourseSummary
  /** The title as a link to the course. */
  link: ReactNode
  /** Its latest change, if that failed. */
  failure: MadeCourseChange | undefined
  /** Shown if someone else has removed the course, which then can't be removed here. */
  removedNotice: ReactElement | false
  onRemove: () => void
  onDuplicate: () => void
  onRetitle: (typed: TypedName) => Promise<unknown>
  /** Retries a failed change. */
  onTryAgain: (change: CourseChange) => void
}

export function CourseCard(props: CourseCardProps) {
  const { course, link, failure, removedNotice, onRemove, onDuplicate, onRetitle, onTryAgain } =
    props
  if (course.version === 0) return <PendingCourseCard course={course} />
  return (
    <li
      ref={moveFocusOnUnmount}
      // The link covers the card; the buttons are above it.
      className="relative rounded-xl border border-line bg-surface px-4 py-3 shadow-raised transition-colors hover:border-line-strong [&_button]:relative"
    >
      <div className="flex items-start gap-1">
        <CourseTitleEditor
          course={course}
          onRetitle={onRetitle}
          inputClassName="text-lg font-semibold"
        >
          <div className="min-w-0 flex-1">
            <h2 dir="auto" className="text-lg font-semibold">
              {link}
            </h2>
            <p className="text-ink-soft">
              {`${formatCount(course.chapterCount, 'chapter')} · ${formatCount(course.videoCount, 'video')}`}
            </p>
          </div>
        </CourseTitleEditor>
        {!removedNotice && (
          <>
            <IconButton
              label={`Duplicate course ${isolate(course.title)}`}
              icon={<CopyIcon />}
              onClick={onDuplicate}
            />
            <IconButton
              label={`Remove course ${isolate(course.title)}`}
              icon={<TrashIcon />}
              variant="danger"
              onClick={onRemove}
            />
          </>
        )}
      </div>
      {removedNotice && <div className="mt-2">{removedNotice}</div>}
      {failure && !removedNotice && (
        <CourseFailureNotice
          key={failure.number}
          failure={failure}
          className="relative mt-2"
          onTryAgain={onTryAgain}
        />
      )}
    </li>
  )
}

/** A course that the server does not have yet. */
const PendingCourseCard = ({ course }: { course: CourseSummary }) => (
  <li className="rounded-xl border border-line bg-surface px-4 py-3 shadow-raised">
    <h2 dir="auto" className="text-lg font-semibold">
      {course.title}
    </h2>
    <p className="text-ink-soft">Adding this course…</p>
  </li>
)
