import { type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { CheckIcon, CloseIcon } from './icons.tsx'
import { Name } from './name.tsx'
import type { NameDraft, OtherName } from './name-draft.ts'
import { NameForm, type NameFormProps } from './name-form.tsx'

export type NameEditorProps = Pick<
  NameFormProps,
  'label' | 'schema' | 'inputClassName' | 'selectionEnd'
> & {
  draft: NameDraft
  /** Saves the name without waiting for the outcome. */
  onSave: (name: string) => void
  onClose: () => void
}

/** The form of a name, which also asks what to keep if someone else has set another name. */
export function NameEditor({ draft, onSave, onClose, ...field }: NameEditorProps) {
  const form = useRef<HTMLDivElement>(null)
  return (
    <div ref={form} className="flex min-w-0 flex-col gap-2">
      <NameForm
        {...field}
        draft={draft}
        takesFocus
        save={async (name) => onSave(name)}
        // The draft itself has the outcome.
        errorMessage={() => ''}
        onCancel={onClose}
        actions={() => (
          <span className="flex gap-1">
            <Button type="submit" variant="primary" icon={phoneIcon(<CheckIcon />)}>
              <span className="max-sm:sr-only">Save</span>
            </Button>
            <Button variant="quiet" icon={phoneIcon(<CloseIcon />)} onClick={onClose}>
              <span className="max-sm:sr-only">Cancel</span>
            </Button>
          </span>
        )}
      />
      {draft.other && (
        <OtherNameChoice
          other={draft.other}
          onKeepMine={() => form.current?.querySelector('form')?.requestSubmit()}
          onTakeTheirs={onClose}
        />
      )}
    </div>
  )
}

/** On a phone, there is room for icons only. */
const phoneIcon = (icon: ReactNode) => <span className="contents sm:hidden">{icon}</span>

type OtherNameChoiceProps = { other: OtherName; onKeepMine: () => void; onTakeTheirs: () => void }

const OtherNameChoice = ({ other, onKeepMine, onTakeTheirs }: OtherNameChoiceProps) => (
  <div className="flex flex-wrap gap-2">
    <Button size="small" onClick={onKeepMine}>
      Keep mine
    </Button>
    <Button size="small" onClick={onTakeTheirs}>
      <span className="line-clamp-2 break-words">
        Theirs: <Name>{other.name}</Name>
      </span>
    </Button>
  </div>
)
