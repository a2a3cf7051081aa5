import type { MediaSort } from '#contract/media.ts'
import { GridIcon, ListIcon } from '#ui/icons.tsx'
import { RadioGroup } from '#ui/radio-group.tsx'
import { SearchField } from '#ui/search-field.tsx'
import { Select } from '#ui/select.tsx'
import { type ShownUse, useMediaList } from '../picker.store.ts'

type LibraryToolbarProps = {
  /** Whether videos are picked for a chapter, which adds filters for those it already has. */
  isPicking?: boolean
  typed: string
  onType: (typed: string) => void
  /** Called when the down arrow moves from the search field to the results. */
  onLeave: () => void
  /** Called when the sort order or the filter changes. */
  onReorder?: () => void
}

/** Searches, sorts and filters the library, and switches between tiles and rows. */
export function LibraryToolbar(props: LibraryToolbarProps) {
  const { isPicking = false, typed, onType, onLeave, onReorder } = props
  const { sort, use, view, setSort, setUse, setView } = useMediaList()
  const usages = isPicking ? { ...usageLabels, ...pickingLabels } : usageLabels
  return (
    <>
      <div className="flex min-w-0 flex-1 max-sm:basis-full">
        <SearchField
          label="Search videos"
          value={typed}
          onChange={onType}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault()
              onLeave()
            } else event.continuePropagation()
          }}
          // On a touch screen the keyboard would cover the library.
          autoFocus={!matchMedia('(pointer: coarse)').matches}
        />
      </div>
      <Select
        label="Show"
        value={use in usages ? use : 'any'}
        options={usages}
        onChange={(chosen) => {
          setUse(chosen)
          onReorder?.()
        }}
      />
      <Select
        label="Sort by"
        value={sort}
        options={sortLabels}
        onChange={(chosen) => {
          setSort(chosen)
          onReorder?.()
        }}
      />
      <RadioGroup label="View" value={view} options={views} onChange={setView} />
    </>
  )
}

const views = {
  grid: { label: 'Grid', icon: <GridIcon /> },
  list: { label: 'List', icon: <ListIcon /> },
} as const

const sortLabels: Record<MediaSort, string> = {
  name: 'Name',
  newest: 'Newest first',
  shortest: 'Shortest first',
  longest: 'Longest first',
  largest: 'Largest first',
}

const usageLabels: Partial<Record<ShownUse, string>> = {
  any: 'All videos',
  used: 'Used',
  unused: 'Not used',
}

const pickingLabels: Partial<Record<ShownUse, string>> = {
  'not-in-chapter': 'Not in this chapter',
  'not-in-course': 'Not in this course',
}
