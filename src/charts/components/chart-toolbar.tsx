import { IconButton } from '#ui/button.tsx'
import { RadioGroup } from '#ui/radio-group.tsx'
import { Select } from '#ui/select.tsx'
import { type ChartView, chartModes } from '../chart-entry.ts'
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
      <div className="max-sm:hidden">
        <RadioGroup
          label="Mode"
          value={view.mode}
          options={chartModes}
          onChange={(mode) => onView({ mode })}
        />
      </div>
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
