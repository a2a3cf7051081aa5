import { useState } from 'react'
import { describeError } from '#client/lib/http.ts'
import { Button } from '#ui/button.tsx'
import { Working } from '#ui/feedback.tsx'
import { useBusy } from '#ui/use-busy.ts'

type ActionButtonProps = {
  label: string
  /** Resolves with a description of the result. */
  onAct: () => Promise<string>
}

/** A button that shows the result of its action next to itself. */
export function ActionButton({ label, onAct }: ActionButtonProps) {
  const [outcome, setOutcome] = useState('')
  const { isBusy, run } = useBusy()
  const act = () => run(async () => setOutcome(await onAct().catch(describeError)))
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <Button aria-disabled={isBusy} onClick={act}>
        {label}
      </Button>
      <p role="status" className="text-ink-soft">
        {isBusy ? <Working /> : outcome}
      </p>
    </div>
  )
}
