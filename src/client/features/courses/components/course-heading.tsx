import { errorMessage } from '#client/lib/http.ts'
import type { Course } from '#contract/courses.ts'
import { titleSchema } from '#contract/names.ts'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { useRenameCourse } from '../api/rename-course.ts'

export function CourseHeading({ course }: { course: Course }) {
  const rename = useRenameCourse(course)
  return (
    <InlineEdit
      name={course.title}
      label="Course title"
      editLabel={`Rename course ${course.title}`}
      schema={titleSchema}
      save={rename.mutateAsync}
      errorMessage={errorMessage}
      inputClassName="h-10 text-xl font-semibold"
    >
      <h1
        tabIndex={-1}
        className="min-w-0 text-2xl font-semibold tracking-tight max-sm:text-xl max-sm:leading-10"
      >
        {course.title}
      </h1>
    </InlineEdit>
  )
}
