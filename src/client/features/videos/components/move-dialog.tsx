import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { withoutIsolates } from '#shared/isolate.ts'
import { searchKey } from '#shared/search-key.ts'
import { ModalDialog } from '#ui/dialog.tsx'
import { Name } from '#ui/name.tsx'
import { SearchField } from '#ui/search-field.tsx'

/** A place to move to. */
export interface MoveOption {
  id: string
  label: string
}

export interface MoveDialogProps {
  /** What is moved: a name or a number of videos. */
  subject: string
  options: readonly MoveOption[]
  /** Called with the chosen option's id. */
  onMove: (id: string) => void
  onClose: () => void
}

/** Asks where to move videos or a chapter. */
export function MoveDialog({ subject, options, onMove, onClose }: MoveDialogProps) {
  const [typed, setTyped] = useState('')
  const isFound = ({ label }: MoveOption) => searchKey(label).includes(searchKey(typed.trim()))
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
          onAction={(key) => onMove(String(key))}
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
