import { reasonOf } from '#client/lib/http.ts'
import { titleSchema } from '#contract/names.ts'
import { NewNameForm } from '#ui/new-name-form.tsx'
import { useCreateCourse } from '../api/create-course.ts'

export function NewCourseForm() {
  const create = useCreateCourse()
  return (
    <NewNameForm
      label="New course title"
      buttonLabel="Create course"
      schema={titleSchema}
      save={create.mutateAsync}
      reasonOf={reasonOf}
    />
  )
}
