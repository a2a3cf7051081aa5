import { errorMessage, readOtherTitle } from '#client/lib/http.ts'
import type { Course } from '#contract/courses.ts'
import { titleSchema } from '#contract/names.ts'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { useNameDrafts } from '#ui/name-draft.ts'
import { useRenameCourse } from '../api/rename-course.ts'

export function CourseHeading({ course }: { course: Course }) {
  const rename = useRenameCourse(course.id)
  const draftKey = `course ${course.id}`
  const isEditing = useNameDrafts(({ drafts }) => draftKey in drafts)
  return (
    <>
      {isEditing && <h1 className="sr-only">{course.title}</h1>}
      <InlineEdit
        draftKey={draftKey}
        name={course.title}
        version={course.version}
        label="Course title"
        editLabel={`Rename course ${course.title}`}
        schema={titleSchema}
        save={(title, version) => rename.mutateAsync({ title, version })}
        readOtherName={readOtherTitle}
        errorMessage={errorMessage}
        inputClassName="h-10 text-xl font-semibold"
      >
        <h1
          tabIndex={-1}
          dir="auto"
          className="min-w-0 text-2xl font-semibold tracking-tight max-sm:text-xl max-sm:leading-10"
        >
          {course.title}
        </h1>
      </InlineEdit>
    </>
  )
}
