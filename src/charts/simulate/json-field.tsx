import { useId, useState } from 'react'
import { errorMessage } from '#shared/error-message.ts'
import { Button } from '#ui/button.tsx'
import { FieldError } from '#ui/field.tsx'
import type { Json } from '../json.ts'

type JsonFieldProps = {
  label: string
  value: Json
  submitLabel: string
  /** Returns a sentence that says why a value is invalid, or null. */
  validate?: (value: Json) => string | null
  onSubmit: (value: Json) => void
}

/** A form with one text area for JSON, which only submits valid values. */
export function JsonField(props: JsonFieldProps) {
  const { label, value, submitLabel, validate = acceptAll, onSubmit } = props
  const id = useId()
  const [text, setText] = useState(() => JSON.stringify(value, null, 2))
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <form
      className="mt-1 flex flex-col items-start gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        const parsed = parseJson(text)
        const error = 'problem' in parsed ? parsed.problem : validate(parsed.json)
        setProblem(error)
        if ('json' in parsed && error === null) onSubmit(parsed.json)
      }}
    >
      <textarea
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : id}
        value={text}
        rows={Math.min(10, text.split('\n').length + 1)}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        className="w-full rounded-md border border-line-strong bg-surface p-2 font-mono text-xs aria-invalid:border-danger max-sm:text-lg"
      />
      {problem !== null && <FieldError id={id}>{problem}</FieldError>}
      <Button size="small" type="submit">
        {submitLabel}
      </Button>
    </form>
  )
}

const acceptAll = () => null

function parseJson(text: string): { json: Json } | { problem: string } {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    return { problem: `This is not valid JSON: ${errorMessage(error)}` }
  }
}
