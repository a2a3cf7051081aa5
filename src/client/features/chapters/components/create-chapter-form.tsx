import { errorMessage } from '#client/lib/http.ts'
import { titleSchema } from '#contract/names.ts'
import { CreateForm } from '#ui/create-form.tsx'
import { useCreateChapter } from '../api/create-chapter.ts'

export function CreateChapterForm({ courseId }: { courseId: string }) {
  const create = useCreateChapter(courseId)
  return (
    <CreateForm
      draftKey={`new chapter ${courseId}`}
      label="New chapter title"
      buttonLabel="Add chapter"
      schema={titleSchema}
      save={create.mutateAsync}
      errorMessage={errorMessage}
    />
  )
}
