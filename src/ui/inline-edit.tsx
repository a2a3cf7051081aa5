import { type ReactNode, useRef } from 'react'
import { flushSync } from 'react-dom'
import { IconButton } from './button.tsx'
import { PencilIcon } from './icons.tsx'
import { useNameDrafts } from './name-draft.ts'
import { NameEditor, type NameEditorProps } from './name-editor.tsx'
import { type NameSaver, saveDraft } from './save-draft.ts'

type InlineEditProps = Omit<NameEditorProps, 'draft' | 'onSave' | 'onClose'> &
  NameSaver & {
    /** Identifies the named item among all items with names. */
    draftKey: string
    name: string
    version: number
    /** The accessible name of the button that opens the editor. */
    editLabel: string
    /** A note about the name, after its button; on a phone only its icon is visible. */
    note?: ReactNode
    /** Shows the name while it is not being edited, also while it is being saved. */
    children: ReactNode
  }

/**
 * A name with an edit button, which replaces the name with a form. The name keeps its place
 * meanwhile, so that the form doesn't change the height.
 */
export function InlineEdit(props: InlineEditProps) {
  const { draftKey, name, version, editLabel, note, children, ...rest } = props
  const { save, readOtherName, isRefused, errorMessage, ...field } = rest
  const draft = useNameDrafts(({ drafts }) => drafts[draftKey])
  const isOpen = draft !== undefined && draft.status !== 'saving'
  const editButton = useRef<HTMLButtonElement>(null)
  const container = useRef<HTMLDivElement>(null)

  /** Returns the focus to the button if that closes the form. */
  const withFocus = (close: () => void) => {
    const hadFocus = container.current?.contains(document.activeElement) ?? false
    flushSync(close)
    if (hadFocus) editButton.current?.focus()
  }

  const open = () => useNameDrafts.getState().open(draftKey, name, version)

  const saveTyped = (typed: string) =>
    withFocus(() => {
      const saver = { save, readOtherName, isRefused, errorMessage }
      void saveDraft(draftKey, typed, name, saver, () => hasFreeFocus(container.current))
    })

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      ref={container}
      className="grid min-w-0 flex-1 grid-cols-1 *:[grid-area:1/1]"
      onDoubleClick={({ target }) => {
        if (!isOpen && !editButton.current?.contains(target as Node)) open()
      }}
      onKeyDown={(event) => {
        if (isOpen || event.key !== 'F2') return
        event.preventDefault()
        open()
      }}
    >
      <div className={`flex min-w-0 items-start gap-1 ${isOpen ? 'invisible' : ''}`}>
        {children}
        <IconButton ref={editButton} label={editLabel} icon={<PencilIcon />} onClick={open} />
        <div className="title-note">{note}</div>
      </div>
      {isOpen && (
        <NameEditor
          {...field}
          draft={draft}
          onSave={saveTyped}
          onClose={() => withFocus(() => useNameDrafts.getState().cancel(draftKey))}
        />
      )}
    </div>
  )
}

/** Whether the focus is on a name that its form is about to cover, or nowhere. */
const hasFreeFocus = (container: HTMLElement | null): boolean =>
  container !== null &&
  (document.activeElement === document.body || container.contains(document.activeElement))
