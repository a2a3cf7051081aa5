import { type ReactNode, useId } from 'react'
import { ErrorNotice } from '#ui/feedback.tsx'

type FileFieldProps = {
  label: string
  children: ReactNode
  refusal: string | null
  onFile: (file: File) => void
}

/** Asks for a JSON file, and says what is wrong with the one that was given. */
export function FileField({ label, children, refusal, onFile }: FileFieldProps) {
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
          // So that the same file can be chosen again once it was written anew.
          event.currentTarget.value = ''
        }}
        className="w-full text-sm file:mr-2 file:h-8 file:rounded-md file:border file:border-solid file:border-line file:bg-surface file:px-3 file:font-medium file:text-ink max-sm:file:h-10"
      />
      {refusal !== null && <ErrorNotice title="This file can’t be shown." reason={refusal} />}
    </div>
  )
}
