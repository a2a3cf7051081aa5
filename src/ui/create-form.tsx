import { useState } from 'react'
import { Button } from './button.tsx'
import { AddIcon, SpinnerIcon } from './icons.tsx'
import { newNameDraft } from './name-draft.ts'
import { NameForm, type NameFormProps } from './name-form.tsx'

type CreateFormProps = Pick<NameFormProps, 'label' | 'schema' | 'save' | 'errorMessage'> & {
  /** Identifies the field, so that its text outlives the page. */
  draftKey: string
  buttonLabel: string
  /** Whether to announce the item; by default true. */
  announceAdded?: boolean
}

/** Creates an item from a name, announces it, and clears the field for the next one. */
export function CreateForm({
  label,
  draftKey,
  buttonLabel,
  announceAdded = true,
  save,
  ...field
}: CreateFormProps) {
  const [added, setAdded] = useState('')
  const draft = newNameDraft(draftKey)
  return (
    <>
      <NameForm
        {...field}
        label={label}
        draft={draft}
        placeholder={label}
        save={async (name) => {
          await save(name)
          setAdded(name)
        }}
        onSaved={({ clear }) => clear()}
        actions={({ saving }) => (
          <Button
            type="submit"
            icon={saving ? <SpinnerIcon /> : <AddIcon />}
            aria-disabled={saving}
          >
            {buttonLabel}
          </Button>
        )}
      />
      {announceAdded && (
        <p role="status" className="sr-only">
          {added !== '' && `Added ${added}`}
        </p>
      )}
    </>
  )
}
