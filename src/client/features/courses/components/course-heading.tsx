import type { Course } from '#contract/courses.ts'
import { useIsNameDrafted } from '#ui/name-draft.ts'
import { courseDraftKey } from '../course-draft.ts'
import { CourseTitleEditor } from './course-title-editor.tsx'

type CourseHeadingProps = {
  course: Course
  onRetitled: (title: string) => void
}

/** A course's title, as the heading of its page. */
export function CourseHeading({ course, onRetitled }: CourseHeadingProps) {
  const isEditing = useIsNameDrafted(courseDraftKey(course.id))
  return (
    <>
      {isEditing && <h1 className="sr-only">{course.title}</h1>}
      <CourseTitleEditor
        course={course}
        onRetitled={onRetitled}
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
