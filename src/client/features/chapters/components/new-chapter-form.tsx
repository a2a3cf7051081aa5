import { reasonOf } from '#client/lib/http.ts'
import { titleSchema } from '#contract/names.ts'
import { NewNameForm } from '#ui/new-name-form.tsx'
import { useCreateChapter } from '../api/create-chapter.ts'

export function NewChapterForm({ courseId }: { courseId: string }) {
  const create = useCreateChapter(courseId)
  return (
    <NewNameForm
      label="New chapter title"
      buttonLabel="Add chapter"
      schema={titleSchema}
      save={create.mutateAsync}
      reasonOf={reasonOf}
    />
  )
}
