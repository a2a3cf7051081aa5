import { zodResolver } from '@hookform/resolvers/zod'
import { type ReactNode, type SubmitEvent, useId, useRef } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { FieldError, inputClass } from './field.tsx'
import type { NameDraft } from './name-draft.ts'

export type NameFormProps = {
  label: string
  /** Validates the name; its messages are shown at the field. */
  schema: z.ZodType<string, string>
  /** Holds the text, and outlives the form. */
  draft: NameDraft
  placeholder?: string
  /** Saves the name. If it rejects, the text is kept and the error is shown at the field. */
  save: (name: string) => Promise<unknown>
  /** Turns a rejection of `save` into a sentence for the user. */
  errorMessage: (error: unknown) => string
  /** Called once the name is saved, unless the user has typed more since. */
  onSaved?: (field: { clear: () => void }) => void
  onCancel?: () => void
  /** Takes the focus and selects the name, the first time that it is shown. */
  takesFocus?: boolean
  /** Finds where in the name that selection ends; by default at its end. */
  selectionEnd?: (name: string) => number
  inputClassName?: string
  actions: (state: { saving: boolean }) => ReactNode
}

/** A one-line form that saves a name. It keeps the text until it is saved or cancelled. */
export function NameForm(props: NameFormProps) {
  const { label, placeholder, draft, takesFocus, inputClassName = '', onCancel, actions } = props
  const { selectionEnd = ({ length }) => length } = props
  const { input, error, saving, submit } = useNameForm(props)
  const { ref, ...field } = input
  const errorId = useId()

  return (
    <form noValidate className="min-w-0 flex-1" onSubmit={submit}>
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1 basis-24">
          <input
            {...field}
            ref={(element) => {
              ref(element)
              if (takesFocus && element) focusOnce(draft, element, selectionEnd)
            }}
            aria-label={label}
            aria-invalid={error !== undefined}
            aria-describedby={error === undefined ? undefined : errorId}
            placeholder={placeholder}
            autoComplete="off"
            dir="auto"
            onKeyDown={({ key }) => {
              if (key === 'Escape') onCancel?.()
            }}
            className={`${inputClass} ${inputClassName}`}
          />
          {error?.message !== undefined && <FieldError id={errorId}>{error.message}</FieldError>}
        </div>
        {actions({ saving })}
      </div>
    </form>
  )
}

/** An editor that is shown again after navigation leaves the focus where it is. */
function focusOnce(
  draft: NameDraft,
  input: HTMLInputElement,
  selectionEnd: (name: string) => number,
) {
  if (draft.wasFocused) return
  draft.wasFocused = true
  input.focus()
  // A name that was not saved is there to be corrected.
  if (draft.status === 'failed') input.setSelectionRange(input.value.length, input.value.length)
  else input.setSelectionRange(0, selectionEnd(input.value))
}

function useNameForm({ schema, draft, save, errorMessage, onSaved }: NameFormProps) {
  const form = useForm({
    formControl: draft.formControl,
    resolver: zodResolver(z.object({ name: schema })),
  })

  const submit = useSingleFlight(
    form.handleSubmit(async ({ name }) => {
      const typed = form.getValues('name')
      try {
        await save(name)
      } catch (error) {
        form.setError('name', { type: 'server', message: errorMessage(error) })
        return
      }
      if (form.getValues('name') === typed) onSaved?.({ clear: () => form.reset({ name: '' }) })
    }),
  )

  const { errors: _, isSubmitting } = form.formState
  // The form state has no errors from before the form was mounted.
  const { error } = form.getFieldState('name')
  return { input: form.register('name'), error, saving: isSubmitting, submit }
}

/** Ignores a submission while another is in flight, which React Hook Form does not. */
function useSingleFlight(submit: (event: SubmitEvent) => Promise<void>) {
  const isInFlight = useRef(false)
  return async (event: SubmitEvent) => {
    event.preventDefault()
    if (isInFlight.current) return
    isInFlight.current = true
    try {
      await submit(event)
    } finally {
      isInFlight.current = false
    }
  }
}
