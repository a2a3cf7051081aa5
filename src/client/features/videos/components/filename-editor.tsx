import { useId } from 'react'
import { useForm } from 'react-hook-form'
import { findCommand } from '#client/lib/key-bindings.ts'
import { useMarkRenaming } from '#client/lib/live/presence.store.ts'
import { getStemLength } from '#shared/media-extension.ts'
import { IconButton } from '#ui/button.tsx'
import { FieldError, inputClass } from '#ui/field.tsx'
import { CheckIcon, CloseIcon } from '#ui/icons.tsx'
import type { VideoActor } from '../authoring-context.tsx'
import { type Draft, filenameResolver, getDraft } from '../drafts.ts'
import { editorKeys } from '../row-keys.ts'

type FilenameEditorProps = {
  actor: VideoActor
  /** The initial text. Later names from the server don't affect what is typed. */
  filename: string
  onSave: (filename: string) => void
  onCancel: () => void
}

export function FilenameEditor({ actor, filename, onSave, onCancel }: FilenameEditorProps) {
  const draft = getDraft(actor, filename)
  useMarkRenaming(actor.id, true)
  const { register, handleSubmit, formState } = useForm({
    formControl: draft.formControl,
    resolver: filenameResolver,
  })
  const errorId = useId()
  const { ref, ...field } = register('filename')
  const error = formState.errors.filename?.message

  return (
    <form
      noValidate
      className="min-w-0 flex-1"
      // An unchanged name must not override one that someone else has given in the meantime.
      onSubmit={handleSubmit((typed) =>
        typed.filename === draft.initial ? onCancel() : onSave(typed.filename),
      )}
      onKeyDown={(event) => findCommand(editorKeys, event) === 'cancel' && onCancel()}
    >
      <div className="flex items-center gap-1">
        <input
          {...field}
          ref={(input) => {
            ref(input)
            draft.field = input
            if (input) focusOnce(draft, input)
          }}
          aria-label="Filename"
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : errorId}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          className={inputClass}
        />
        <IconButton type="submit" label="Save filename" icon={<CheckIcon />} />
        <IconButton label="Cancel renaming" icon={<CloseIcon />} onClick={onCancel} />
      </div>
      {error !== undefined && <FieldError id={errorId}>{error}</FieldError>}
    </form>
  )
}

/**
 * Focuses a new editor and selects the name without its extension, or restores the selection of an
 * earlier page. An editor that is mounted again changes neither.
 */
function focusOnce(draft: Draft, input: HTMLInputElement) {
  if (draft.wasFocused) return
  draft.wasFocused = true
  input.focus()
  const [start, end] = draft.selection ?? [0, getStemLength(input.value)]
  input.setSelectionRange(start, end)
}
