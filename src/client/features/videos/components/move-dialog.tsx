import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import type { Chapter } from '#contract/chapters.ts'
import { isolate, withoutIsolates } from '#shared/isolate.ts'
import { searchKey } from '#shared/search-key.ts'
import { ModalDialog } from '#ui/dialog.tsx'
import { Name } from '#ui/name.tsx'
import { SearchField } from '#ui/search-field.tsx'

export interface MoveDialogProps {
  /** What is moved: a name or a number of videos. */
  subject: string
  /** The chapters of the course, in order. */
  chapters: readonly Chapter[]
  /** The chapter of the videos, if they are all in the same one. */
  currentId: string | null
  /** Called with the chapter, and whether the videos go to its start or its end. */
  onMove: (chapter: Chapter, end: 'start' | 'end') => void
  onClose: () => void
}

/** Asks for the chapter to move videos to. Their own chapter offers its start and its end. */
export function MoveDialog({ subject, chapters, currentId, onMove, onClose }: MoveDialogProps) {
  const [typed, setTyped] = useState('')
  const options = chapters.flatMap((chapter) => listOptions(chapter, currentId))
  const isFound = ({ label }: Option) => searchKey(label).includes(searchKey(typed.trim()))
  return (
    <ModalDialog
      title="Move to…"
      subtitle={<Name>{subject}</Name>}
      size="small"
      onClose={onClose}
      onEscape={typed === '' ? undefined : () => setTyped('')}
    >
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <div className="flex px-5 pb-3 max-sm:px-4">
          <SearchField
            label="Search chapters"
            autoFocus={!matchMedia('(pointer: coarse)').matches}
          />
        </div>
        <ListBox
          aria-label="Chapters"
          items={options.filter(isFound)}
          onAction={(key) => {
            const option = options.find(({ id }) => id === key)
            if (option) onMove(option.chapter, option.end)
          }}
          renderEmptyState={() => <p className="px-5 py-3 text-ink-soft">No matching chapters.</p>}
          className="max-h-[50vh] min-h-12 overflow-y-auto border-t border-line py-1 outline-none"
        >
          {({ id, label }) => (
            <ListBoxItem
              id={id}
              textValue={withoutIsolates(label)}
              className="mx-1 cursor-default rounded-md px-4 py-2 break-words outline-none hover:bg-hover focus:bg-hover focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent max-sm:py-2.5"
            >
              <Name>{label}</Name>
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </ModalDialog>
  )
}

interface Option {
  id: string
  label: string
  chapter: Chapter
  end: 'start' | 'end'
}

function listOptions(chapter: Chapter, currentId: string | null): Option[] {
  const { id, title } = chapter
  if (id !== currentId) return [{ id, label: title, chapter, end: 'end' }]
  return [
    { id: `${id} start`, label: `Start of ${isolate(title)}`, chapter, end: 'start' },
    { id, label: `End of ${isolate(title)}`, chapter, end: 'end' },
  ]
}
