import { useQueryClient } from '@tanstack/react-query'
import { createOnce } from '#client/lib/creation-id.ts'
import { describeError } from '#client/lib/http.ts'
import { titleSchema } from '#contract/names.ts'
import { CreateForm } from '#ui/create-form.tsx'
import type { NewChapter } from '../api/create-chapter.ts'
import { findChapter } from '../course-cache.ts'
import { appendChapterDraftKey } from '../new-chapters.store.ts'

type AppendChapterFormProps = {
  courseId: string
  create: (chapter: NewChapter) => Promise<unknown>
}

/** Adds a chapter at the end of a course. */
export function AppendChapterForm({ courseId, create }: AppendChapterFormProps) {
  const queryClient = useQueryClient()
  const draftKey = appendChapterDraftKey(courseId)
  const hasArrived = (id: string) => findChapter(queryClient, id) !== undefined
  return (
    <CreateForm
      draftKey={draftKey}
      label="New chapter title"
      buttonLabel="Add chapter"
      schema={titleSchema}
      save={(title) =>
        createOnce({ field: draftKey, title, hasArrived }, (id) => create({ id, courseId, title }))
      }
      errorMessage={describeError}
    />
  )
}
