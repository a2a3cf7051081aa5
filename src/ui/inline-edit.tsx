import { type ReactNode, useRef } from 'react'
import { flushSync } from 'react-dom'
import { IconButton } from './button.tsx'
import { PencilIcon } from './icons.tsx'
import { useNameDrafts } from './name-draft.ts'
import { NameEditor, type NameEditorProps } from './name-editor.tsx'

type InlineEditProps = Omit<NameEditorProps, 'draft' | 'onClose'> & {
  name: string
  version: number
  /** The accessible name of the button that opens the editor. */
  editLabel: string
  /** A note about the name, after its button; on a phone only its icon is visible. */
  note?: ReactNode
  /** Shows the name while it is not being edited. */
  children: ReactNode
}

/**
 * A name with an edit button, which replaces the name with a form. The name keeps its place
 * meanwhile, so that the form doesn't change the height.
 */
export function InlineEdit(props: InlineEditProps) {
  const { name, version, editLabel, note, children, ...editor } = props
  const { draftKey } = editor
  const draft = useNameDrafts(({ drafts }) => drafts[draftKey])
  const editButton = useRef<HTMLButtonElement>(null)
  const container = useRef<HTMLDivElement>(null)

  const close = () => {
    const hadFocus = container.current?.contains(document.activeElement) ?? false
    flushSync(() => useNameDrafts.getState().close(draftKey))
    if (hadFocus) editButton.current?.focus()
  }

  const open = () => useNameDrafts.getState().open(draftKey, name, version)

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      ref={container}
      className="grid min-w-0 flex-1 grid-cols-1 *:[grid-area:1/1]"
      onDoubleClick={({ target }) => {
        if (!draft && !editButton.current?.contains(target as Node)) open()
      }}
      onKeyDown={(event) => {
        if (draft || event.key !== 'F2') return
        event.preventDefault()
        open()
      }}
    >
      <div className={`flex min-w-0 items-start gap-1 ${draft ? 'invisible' : ''}`}>
        {children}
        <IconButton ref={editButton} label={editLabel} icon={<PencilIcon />} onClick={open} />
        <div className="title-note">{note}</div>
      </div>
      {draft && <NameEditor {...editor} draft={draft} onClose={close} />}
    </div>
  )
}
