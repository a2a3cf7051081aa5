import type { Chart } from '../chart.ts'
import { guardLabel } from '../chart-parts.ts'
import { FileField } from './file-field.tsx'

type CoveragePanelProps = {
  chart: Chart
  counts: ReadonlyMap<string, number> | null
  refusal: string | null
  onFile: (file: File) => void
  onSelect: (id: string) => void
}

/** Which transitions the model tests took, and above all which they didn't. */
export function CoveragePanel({ chart, counts, refusal, onFile, onSelect }: CoveragePanelProps) {
  return (
    <div className="flex flex-col gap-4 p-3 text-sm">
      <FileField label="Coverage report" refusal={refusal} onFile={onFile}>
        The model tests write it to reports/models/coverage.json.
      </FileField>
      {counts && <Gaps chart={chart} counts={counts} onSelect={onSelect} />}
    </div>
  )
}

type GapsProps = Pick<CoveragePanelProps, 'chart' | 'onSelect'> & {
  counts: ReadonlyMap<string, number>
}

function Gaps({ chart, counts, onSelect }: GapsProps) {
  const gaps = chart.transitions.filter(({ id }) => counts.get(id) === 0)
  return (
    <section aria-label="Gaps">
      <p role="status" className="mb-2 font-medium">
        {counts.size - gaps.length} of {counts.size} transitions taken.
        {gaps.length === 0 && ' No gap is left.'}
      </p>
      <ul>
        {gaps.map(({ id, source, label, guard }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onSelect(id)}
              className="w-full rounded-md px-2 py-1 text-left hover:bg-hover max-sm:min-h-10"
            >
              {label}
              {guard && <span className="text-ink-soft"> if {guardLabel(guard)}</span>}
              <span className="block text-xs text-ink-soft">never taken from {source}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
