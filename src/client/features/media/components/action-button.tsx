import { useState } from 'react'
import { describeError } from '#client/lib/http.ts'
import { Button } from '#ui/button.tsx'

type ActionButtonProps = {
  label: string
  /** Resolves with a description of the result. */
  onAct: () => Promise<string>
}

/** A button that shows the result of its action next to itself. */
export function ActionButton({ label, onAct }: ActionButtonProps) {
  const [outcome, setOutcome] = useState('')
  const act = async () => {
    try {
      setOutcome(await onAct())
    } catch (error) {
      setOutcome(describeError(error))
    }
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <Button onClick={act}>{label}</Button>
      <p role="status" className="text-ink-soft">
        {outcome}
      </p>
    </div>
  )
}
