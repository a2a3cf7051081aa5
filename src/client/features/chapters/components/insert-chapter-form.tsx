import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { describeError } from '#client/lib/http.ts'
import { titleSchema } from '#contract/names.ts'
import { Button } from '#ui/button.tsx'
import { useNameDrafts } from '#ui/name-draft.ts'
import { NameForm } from '#ui/name-form.tsx'
import type { NewChapter } from '../api/create-chapter.ts'
import { readShownChapters } from '../chapter-changes.ts'
import { type NewSlot, newChapterKey, useNewChapters } from '../new-chapters.store.ts'
import { placeAfter } from '../place-chapter.ts'

type InsertChapterFormProps = {
  slot: NewSlot
  /** The new chapter is already shown in place of the form. */
  isPending: boolean
  create: (chapter: NewChapter) => Promise<unknown>
  /** Called with the id of the chapter above the form. */
  onCancel: (chapterId: string) => void
}

/** Asks for the title of a new chapter, in the place where the chapter will be. */
export function InsertChapterForm(props: InsertChapterFormProps) {
  const { slot, isPending, create, onCancel } = props
  const { id, courseId, after } = slot
  const queryClient = useQueryClient()
  const draft = useNameDrafts(({ drafts }) => drafts[newChapterKey(id)])
  const container = useRef<HTMLDivElement>(null)
  const { close, keepPlace } = useNewChapters.getState()

  useEffect(() => {
    // If the server refuses the chapter, it disappears along with the focus.
    if (isPending || document.activeElement !== document.body) return
    container.current?.querySelector('input')?.focus()
  }, [isPending])

  const save = async (title: string) => {
    const place = slot.place ?? placeAfter(readShownChapters(queryClient, courseId), after)
    keepPlace(id, place)
    await create({ id, courseId, title, place })
  }

  const cancel = () => {
    close(id)
    onCancel(after)
  }

  if (!draft) return null
  return (
    <div
      ref={container}
      hidden={isPending}
      className="rounded-xl border border-line-strong border-dashed bg-surface py-2.5 pr-3 pl-3"
    >
      <NameForm
        label="Chapter title"
        placeholder="Chapter title"
        draft={draft}
        schema={titleSchema}
        takesFocus
        save={save}
        errorMessage={describeError}
        onSaved={() => close(id)}
        onCancel={cancel}
        inputClassName="text-lg font-semibold"
        actions={() => (
          <span className="flex gap-1">
            <Button type="submit" variant="primary">
              Add
            </Button>
            <Button variant="quiet" onClick={cancel}>
              Cancel
            </Button>
          </span>
        )}
      />
    </div>
  )
}
