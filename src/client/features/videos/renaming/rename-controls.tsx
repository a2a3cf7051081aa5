import { type ReactNode, useId } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { FieldError, inputClass } from '#ui/field.tsx'
import type { RenameValues } from './rename-values.ts'

/** The props that register a control in the form. */
type FieldProps = ReturnType<UseFormReturn<RenameValues>['register']>

type TextFieldProps = FieldProps & {
  label: string
  error?: string | undefined
  hint?: string
  inputMode?: 'numeric'
}

export function TextField({ label, error, hint, ...field }: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm text-ink-soft">
        {label}
      </label>
      <input
        {...field}
        id={id}
        maxLength={maxLength}
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}note`}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        className={inputClass}
      />
      {error !== undefined && <FieldError id={`${id}note`}>{error}</FieldError>}
      {error === undefined && hint !== undefined && (
        <p id={`${id}note`} className="mt-1 text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  )
}

/** Longer than any name, so that every part of one can be found. */
const maxLength = 500

export const Checks = ({ label, children }: { label: string; children: ReactNode }) => (
  <fieldset className="flex flex-wrap gap-x-5">
    <legend className="sr-only">{label}</legend>
    {children}
  </fieldset>
)

export const Check = ({ children, ...field }: FieldProps & { children: string }) => (
  <label className="flex min-h-8 items-center gap-2 max-sm:min-h-10">
    <input type="checkbox" {...field} className="size-4" />
    <span>{children}</span>
  </label>
)

/** A visible label only: the control has an accessible name of its own. */
export const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <span aria-hidden="true" className="mb-1 block text-sm text-ink-soft">
      {label}
    </span>
    {children}
  </div>
)
