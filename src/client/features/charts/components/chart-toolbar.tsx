import { IconButton } from '../../../ui/button.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { type ChartMode, type ChartView, chartModes } from '../chart-entry.ts'
import type { Found } from '../search.ts'
import { DownIcon, RightIcon } from './chart-icons.tsx'

type ChartToolbarProps = {
  titles: Record<string, string>
  view: ChartView
  onView: (change: Partial<ChartView>) => void
  search: string
  onSearch: (typed: string) => void
  found: Found[]
  onFound: (found: Found) => void
}

/** Which chart, in which mode and direction, and the search over it. */
export function ChartToolbar(props: ChartToolbarProps) {
  const { titles, view, onView, search, onSearch, found, onFound } = props
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
      <Modes mode={view.mode} onMode={(mode) => onView({ mode })} />
      <IconButton
        label={isDown ? 'Lay out from left to right' : 'Lay out from top to bottom'}
        icon={isDown ? <DownIcon /> : <RightIcon />}
        onClick={() => onView({ direction: isDown ? 'right' : 'down' })}
      />
      <div className="relative flex min-w-48 flex-1 sm:max-w-80">
        <SearchField
          label="Search states and events"
          value={search}
          onChange={onSearch}
          onKeyDown={(event) => {
            const [first] = found
            if (event.key === 'Enter' && first) onFound(first)
            if (event.key === 'Escape') onSearch('')
          }}
        />
        {search.trim() !== '' && <FoundList found={found} onFound={onFound} />}
      </div>
    </div>
  )
}

const Modes = ({ mode, onMode }: { mode: ChartMode; onMode: (mode: ChartMode) => void }) => (
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
          // The options are made from the record's keys.
          onChange={() => onMode(value as ChartMode)}
          className="absolute inset-0 appearance-none opacity-0"
        />
        {label}
      </label>
    ))}
  </fieldset>
)

const mostShown = 12

type FoundListProps = Pick<ChartToolbarProps, 'found' | 'onFound'>

const FoundList = ({ found, onFound }: FoundListProps) => (
  <div className="absolute top-full right-0 left-0 z-10 mt-1 overflow-hidden rounded-lg border border-line bg-raised py-1 shadow-floating">
    <p role="status" className="px-3 py-1 text-xs text-ink-soft">
      {foundLabel(found.length)}
    </p>
    <ul>
      {found.slice(0, mostShown).map((one) => (
        <li key={one.id}>
          <button
            type="button"
            onClick={() => onFound(one)}
            className="w-full px-3 py-1 text-left text-sm hover:bg-hover max-sm:min-h-10"
          >
            <span className={one.kind === 'state' ? 'font-semibold' : ''}>{one.title}</span>{' '}
            <span className="text-ink-soft">{one.where}</span>
          </button>
        </li>
      ))}
    </ul>
  </div>
)

function foundLabel(count: number): string {
  if (count === 0) return 'Nothing found'
  return count === 1
    ? '1 found'
    : `${count} found${count > mostShown ? `, the first ${mostShown}:` : ''}`
}
