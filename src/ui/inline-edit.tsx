import { type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button, IconButton } from './button.tsx'
import { PencilIcon, SpinnerIcon } from './icons.tsx'
import { NameForm, type NameFormProps } from './name-form.tsx'

type InlineEditProps = Pick<
  NameFormProps,
  'label' | 'schema' | 'save' | 'errorMessage' | 'inputClassName'
> & {
  name: string
  /** The accessible name of the button that opens the editor. */
  editLabel: string
  /** Shows the name while it is not being edited. */
  children: ReactNode
}

/** A name with an edit button, which replaces the name with a form. */
export function InlineEdit({ name, editLabel, children, save, ...field }: InlineEditProps) {
  const [editing, setEditing] = useState(false)
  const editButton = useRef<HTMLButtonElement>(null)
  const container = useRef<HTMLDivElement>(null)

  const close = () => {
    const hadFocus = container.current?.contains(document.activeElement) ?? false
    flushSync(() => setEditing(false))
    if (hadFocus) editButton.current?.focus()
  }

  return (
    <div ref={container} className="flex min-w-0 flex-1 items-start gap-1">
      {editing ? (
        <NameForm
          {...field}
          initial={name}
          autoFocus
          save={async (typed) => typed !== name && save(typed)}
          onSaved={close}
          onCancel={close}
          actions={({ saving }) => (
            <span className="flex gap-1">
              <Button
                type="submit"
                variant="primary"
                icon={saving && <SpinnerIcon />}
                aria-disabled={saving}
              >
                {saving ? 'Saving' : 'Save'}
              </Button>
              <Button variant="quiet" onClick={close}>
                Cancel
              </Button>
            </span>
          )}
        />
      ) : (
        <>
          {children}
          <IconButton
            ref={editButton}
            label={editLabel}
            icon={<PencilIcon />}
            onClick={() => setEditing(true)}
          />
        </>
      )}
    </div>
  )
}
