import type { ReactNode } from 'react'
import { reasonOf } from '#client/lib/http.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { titleSchema } from '#contract/names.ts'
import { countOf } from '#shared/count.ts'
import { IconButton } from '#ui/button.tsx'
import { TrashIcon } from '#ui/icons.tsx'
import { Renamable } from '#ui/renamable.tsx'
import { ErrorNotice } from '#ui/states.tsx'
import { useCourseRemoval } from '../api/remove-course.ts'
import { useRenameCourse } from '../api/rename-course.ts'

type CourseCardProps = {
  course: CourseSummary
  /** The course's title as a link to its page. */
  link: ReactNode
  onRemove: () => void
}

export function CourseCard({ course, link, onRemove }: CourseCardProps) {
  const rename = useRenameCourse(course.id)
  const removal = useCourseRemoval(course.id)
  return (
    <li
      hidden={removal?.status === 'pending'}
      // The link covers the card; the buttons stand above it.
      className="relative rounded-xl border border-line bg-surface px-4 py-3 shadow-raised transition-colors hover:border-line-strong [&_button]:relative"
    >
      <div className="flex items-start gap-1">
        <Renamable
          name={course.title}
          label="Course title"
          renameLabel={`Rename course ${course.title}`}
          schema={titleSchema}
          save={rename.mutateAsync}
          reasonOf={reasonOf}
          inputClassName="text-lg font-semibold"
        >
          <div className="min-w-0 flex-1">
            <h2 className="text-lg font-semibold">{link}</h2>
            <p className="text-ink-soft">
              {countOf(course.chapterCount, 'chapter')} · {countOf(course.videoCount, 'video')}
            </p>
          </div>
        </Renamable>
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
            reason={reasonOf(removal.error)}
            onRetry={onRemove}
          />
        </div>
      )}
    </li>
  )
}
