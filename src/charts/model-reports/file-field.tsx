import { type ReactNode, useId } from 'react'
import { ErrorNotice } from '#ui/feedback.tsx'

type FileFieldProps = {
  label: string
  children: ReactNode
  error: string | null
  onFile: (file: File) => void
}

/** A field to choose a JSON file; explains why the chosen file can't be shown. */
export function FileField({ label, children, error, onFile }: FileFieldProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-2">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <p className="text-ink-soft">{children}</p>
      <input
        id={id}
        type="file"
        accept="application/json,.json"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
          // Without this, choosing the same file again after it has changed fires no event.
          event.currentTarget.value = ''
        }}
        className="w-full text-sm file:mr-2 file:h-8 file:rounded-md file:border file:border-solid file:border-line file:bg-surface file:px-3 file:font-medium file:text-ink max-sm:file:h-10"
      />
      {error !== null && <ErrorNotice title="This file can’t be shown." reason={error} />}
    </div>
  )
}
