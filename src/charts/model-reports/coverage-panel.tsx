import type { Chart } from '../chart.ts'
import { formatGuard } from '../labels.ts'
import { FileField } from './file-field.tsx'

type CoveragePanelProps = {
  chart: Chart
  counts: ReadonlyMap<string, number> | null
  error: string | null
  onFile: (file: File) => void
  onSelect: (id: string) => void
}

/** Shows how many transitions the model tests took, and lists those that they didn't. */
export function CoveragePanel({ chart, counts, error, onFile, onSelect }: CoveragePanelProps) {
  return (
    <div className="flex flex-col gap-4 p-3 text-sm">
      <FileField label="Coverage report" error={error} onFile={onFile}>
        The model tests write it to reports/models/coverage.json.
      </FileField>
      {counts && <Untaken chart={chart} counts={counts} onSelect={onSelect} />}
    </div>
  )
}

type UntakenProps = Pick<CoveragePanelProps, 'chart' | 'onSelect'> & {
  counts: ReadonlyMap<string, number>
}

function Untaken({ chart, counts, onSelect }: UntakenProps) {
  const untaken = chart.transitions.filter(({ id }) => counts.get(id) === 0)
  return (
    <section aria-label="Transitions not taken">
      <p role="status" className="mb-2 font-medium">
        {`${counts.size - untaken.length} of ${counts.size} transitions taken.${untaken.length === 0 ? ' All are covered.' : ''}`}
      </p>
      <ul>
        {untaken.map(({ id, source, label, guard }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onSelect(id)}
              className="w-full rounded-md px-2 py-1 text-left hover:bg-hover max-sm:min-h-10"
            >
              <span>{label}</span>
              {guard && <span className="text-ink-soft">{` if ${formatGuard(guard)}`}</span>}
              <span className="block text-xs text-ink-soft">{`never taken from ${source}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
