import { WarningIcon } from './icons.tsx'

/** The classes of a one-line text input. */
export const inputClass =
  'h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink aria-invalid:border-danger focus-visible:outline-offset-0 max-sm:h-10 max-sm:text-lg'

/** A validation message; the input refers to it by `aria-describedby`. */
export const FieldError = ({ id, children }: { id: string; children: string }) => (
  <p id={id} role="alert" className="mt-1 flex items-start gap-1.5 text-sm text-danger">
    <WarningIcon className="mt-0.5 size-4" />
    <span>{children}</span>
  </p>
)
