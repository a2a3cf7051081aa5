import { describeError } from '#client/lib/http.ts'
import { titleSchema } from '#contract/names.ts'
import { CreateForm } from '#ui/create-form.tsx'
import { newCourseKey, useCreateCourse } from '../api/create-course.ts'

export function CreateCourseForm() {
  const create = useCreateCourse()
  return (
    <CreateForm
      draftKey={newCourseKey}
      label="New course title"
      buttonLabel="Create course"
      schema={titleSchema}
      save={create.mutateAsync}
      errorMessage={describeError}
    />
  )
}
