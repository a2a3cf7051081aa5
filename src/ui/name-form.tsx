import { zodResolver } from '@hookform/resolvers/zod'
import { type ReactNode, type SubmitEvent, useId, useRef } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { FieldError, inputClass } from './field.tsx'

export type NameFormProps = {
  label: string
  /** The rule for the name; its messages are shown at the field. */
  schema: z.ZodType<string, string>
  initial?: string
  placeholder?: string
  /** Saves the name. When it rejects, the text stays and the reason is shown at the field. */
  save: (name: string) => Promise<unknown>
  /** Says in a sentence why saving failed. */
  errorMessage: (error: unknown) => string
  /** Called once the name is saved, unless more was typed meanwhile. */
  onSaved: (field: { clear: () => void }) => void
  onCancel?: () => void
  autoFocus?: boolean
  inputClassName?: string
  actions: (state: { saving: boolean }) => ReactNode
}

/** One line of text that is saved as a name. What is typed stays until it is saved or given up. */
export function NameForm(props: NameFormProps) {
  const { label, initial = '', placeholder, autoFocus = false, inputClassName = '' } = props
  const errorId = useId()
  const form = useForm({
    resolver: zodResolver(z.object({ name: props.schema })),
    defaultValues: { name: initial },
  })
  const { errors, isSubmitting } = form.formState

  const submit = form.handleSubmit(async ({ name }) => {
    const typed = form.getValues('name')
    try {
      await props.save(name)
    } catch (error) {
      form.setError('name', { type: 'server', message: props.errorMessage(error) })
      return
    }
    if (form.getValues('name') === typed) props.onSaved({ clear: () => form.reset({ name: '' }) })
  })

  // React Hook Form does not know of a second submission while the first one is under way.
  const isUnderWay = useRef(false)
  const submitOnce = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isUnderWay.current) return
    isUnderWay.current = true
    try {
      await submit(event)
    } finally {
      isUnderWay.current = false
    }
  }

  return (
    <form noValidate className="min-w-0 flex-1" onSubmit={submitOnce}>
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1 basis-48">
          <input
            {...form.register('name')}
            aria-label={label}
            aria-invalid={errors.name !== undefined}
            aria-describedby={errors.name && errorId}
            placeholder={placeholder}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the editor opens because its button was pressed
            autoFocus={autoFocus}
            onFocus={(event) => autoFocus && event.currentTarget.select()}
            onKeyDown={({ key, nativeEvent }) => {
              if (key === 'Escape' && !nativeEvent.isComposing) props.onCancel?.()
            }}
            className={`${inputClass} ${inputClassName}`}
          />
          {errors.name?.message !== undefined && (
            <FieldError id={errorId}>{errors.name.message}</FieldError>
          )}
        </div>
        {props.actions({ saving: isSubmitting })}
      </div>
    </form>
  )
}
