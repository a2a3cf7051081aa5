import { useId, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { FieldError } from '#ui/field.tsx'
import type { Json } from '../chart.ts'

type JsonFieldProps = {
  label: string
  value: Json
  action: string
  /** A sentence about a value that can't be taken, or null. */
  refuse?: (value: Json) => string | null
  onSubmit: (value: Json) => void
}

/** A text in which JSON is written; it is handed on only when it is JSON that can be taken. */
export function JsonField({ label, value, action, refuse = takeAll, onSubmit }: JsonFieldProps) {
  const id = useId()
  const [text, setText] = useState(() => JSON.stringify(value, null, 2))
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <form
      className="mt-1 flex flex-col items-start gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        const parsed = parse(text)
        const refusal = 'problem' in parsed ? parsed.problem : refuse(parsed.json)
        setProblem(refusal)
        if ('json' in parsed && refusal === null) onSubmit(parsed.json)
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
        {action}
      </Button>
    </form>
  )
}

const takeAll = () => null

function parse(text: string): { json: Json } | { problem: string } {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { problem: `This is not JSON: ${reason}` }
  }
}
