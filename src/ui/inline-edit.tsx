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
  /** The name of the button that opens the editor. */
  editLabel: string
  /** What shows the name while it is not edited. */
  children: ReactNode
}

/** A name with a pencil; the pencil turns it into a field, in place. */
export function InlineEdit({ name, editLabel, children, save, ...field }: InlineEditProps) {
  const [editing, setEditing] = useState(false)
  const pencil = useRef<HTMLButtonElement>(null)
  const container = useRef<HTMLDivElement>(null)

  const close = () => {
    const hadFocus = container.current?.contains(document.activeElement) ?? false
    flushSync(() => setEditing(false))
    if (hadFocus) pencil.current?.focus()
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
            ref={pencil}
            label={editLabel}
            icon={<PencilIcon />}
            onClick={() => setEditing(true)}
          />
        </>
      )}
    </div>
  )
}
