import { useQueryClient } from '@tanstack/react-query'
import { createOnce } from '#client/lib/creation-id.ts'
import { errorMessage } from '#client/lib/http.ts'
import { titleSchema } from '#contract/names.ts'
import { CreateForm } from '#ui/create-form.tsx'
import { createChapter } from '../api/create-chapter.ts'

export function CreateChapterForm({ courseId }: { courseId: string }) {
  const queryClient = useQueryClient()
  return (
    <CreateForm
      draftKey={`new chapter ${courseId}`}
      label="New chapter title"
      buttonLabel="Add chapter"
      schema={titleSchema}
      save={(title) =>
        createOnce(courseId, title, (id) => createChapter(queryClient, { id, courseId, title }))
      }
      errorMessage={errorMessage}
    />
  )
}
