import type { Course } from '#contract/courses.ts'
import { useIsNameDrafted } from '#ui/name-draft.ts'
import type { TypedName } from '#ui/save-draft.ts'
import { courseDraftKey } from '../course-draft.ts'
import { CourseTitleEditor } from './course-title-editor.tsx'

type CourseHeadingProps = {
  course: Course
  onRetitle: (typed: TypedName) => Promise<unknown>
}

/** A course's title, as the heading of its page. */
export function CourseHeading({ course, onRetitle }: CourseHeadingProps) {
  const isEditing = useIsNameDrafted(courseDraftKey(course.id))
  return (
    <>
      {isEditing && <h1 className="sr-only">{course.title}</h1>}
      <CourseTitleEditor
        course={course}
        onRetitle={onRetitle}
        inputClassName="h-9 text-xl font-semibold"
      >
        <h1
          tabIndex={-1}
          dir="auto"
          className="min-w-0 text-2xl font-semibold tracking-tight max-sm:text-xl max-sm:leading-10"
        >
          {course.title}
        </h1>
      </CourseTitleEditor>
    </>
  )
}
