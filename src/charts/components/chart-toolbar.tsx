import { IconButton } from '#ui/button.tsx'
import { Select } from '#ui/select.tsx'
import { type ChartMode, type ChartView, chartModes } from '../chart-entry.ts'
import type { SearchResult } from '../search.ts'
import { DownIcon, ExpandIcon, OverviewIcon, RightIcon } from './chart-icons.tsx'
import { ChartSearchBox } from './chart-search-box.tsx'

type ChartToolbarProps = {
  titles: Record<string, string>
  view: ChartView
  onView: (change: Partial<ChartView>) => void
  /** Whether the outermost states are collapsed; null if none has states inside. */
  isOverview: boolean | null
  onOverview: () => void
  search: string
  onSearch: (search: string) => void
  results: SearchResult[]
  onResult: (result: SearchResult) => void
}

/** The controls to choose a chart, its mode and its direction, and to search it. */
export function ChartToolbar(props: ChartToolbarProps) {
  const { titles, view, onView, isOverview, onOverview, search, onSearch, results, onResult } =
    props
  const isDown = view.direction === 'down'
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-surface px-3 py-2">
      <h1 tabIndex={-1} className="sr-only">
        Statecharts
      </h1>
      <Select
        label="Machine"
        value={view.machine}
        options={titles}
        onChange={(machine) => onView({ machine, state: null })}
      />
      <ModeSwitch mode={view.mode} onMode={(mode) => onView({ mode })} />
      <IconButton
        label={isDown ? 'Lay out from left to right' : 'Lay out from top to bottom'}
        icon={isDown ? <DownIcon /> : <RightIcon />}
        onClick={() => onView({ direction: isDown ? 'right' : 'down' })}
      />
      {isOverview !== null && (
        <IconButton
          label={isOverview ? 'Show everything' : 'Show an overview'}
          icon={isOverview ? <ExpandIcon /> : <OverviewIcon />}
          onClick={onOverview}
        />
      )}
      <ChartSearchBox search={search} onSearch={onSearch} results={results} onResult={onResult} />
    </div>
  )
}

const ModeSwitch = ({ mode, onMode }: { mode: ChartMode; onMode: (mode: ChartMode) => void }) => (
  <fieldset className="flex rounded-lg border border-line bg-sunken p-0.5 max-sm:hidden">
    <legend className="sr-only">Mode</legend>
    {Object.entries(chartModes).map(([value, label]) => (
      <label
        key={value}
        className="relative rounded-md border border-transparent px-2.5 py-1 text-sm text-ink-soft transition-colors hover:text-ink has-checked:border-line has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-raised has-focus-visible:outline-2 has-focus-visible:outline-accent forced-colors:has-checked:border-[Highlight]"
      >
        <input
          type="radio"
          name="chart-mode"
          value={value}
          checked={value === mode}
          // The values are the record's keys.
          onChange={() => onMode(value as ChartMode)}
          className="absolute inset-0 appearance-none opacity-0"
        />
        <span>{label}</span>
      </label>
    ))}
  </fieldset>
)
