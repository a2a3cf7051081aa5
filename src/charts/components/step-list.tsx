import type { ReactNode } from 'react'

type StepListProps<Step> = {
  steps: readonly Step[]
  renderStep: (step: Step) => ReactNode
  position: number
  onPosition: (position: number) => void
  className: string
}

/** The steps of a run in order; pressing a step jumps to it. */
export const StepList = <Step,>(props: StepListProps<Step>) => {
  const { steps, renderStep, position, onPosition, className } = props
  return (
    <ol className={`overflow-y-auto ${className}`}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only appended
        <li key={index}>
          <button
            type="button"
            aria-pressed={index === position}
            onClick={() => onPosition(index)}
            className="w-full rounded-md px-2 py-1 text-left hover:bg-hover aria-pressed:bg-accent-soft max-sm:min-h-10"
          >
            {renderStep(step)}
          </button>
        </li>
      ))}
    </ol>
  )
}
