import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { formatCount } from '#shared/count.ts'
import { SearchField } from '#ui/search-field.tsx'
import type { SearchResult } from '../search.ts'

type ChartSearchBoxProps = {
  search: string
  onSearch: (search: string) => void
  results: SearchResult[]
  onResult: (result: SearchResult) => void
}

const maxShown = 12

/** A search field with its results below. Focus stays in the field; arrow keys choose a result. */
export function ChartSearchBox({ search, onSearch, results, onResult }: ChartSearchBoxProps) {
  const [isOpen, setIsOpen] = useState(false)
  const isShown = isOpen && search.trim() !== ''
  const choose = (id: string | number) => {
    const result = results.find((candidate) => candidate.id === id)
    onSearch('')
    if (result) onResult(result)
  }

  return (
    <search
      className="relative min-w-48 flex-1 max-sm:basis-full sm:max-w-80"
      onFocus={() => setIsOpen(true)}
      onBlur={({ currentTarget, relatedTarget }) =>
        setIsOpen(currentTarget.contains(relatedTarget))
      }
    >
      <Autocomplete inputValue={search} onInputChange={onSearch}>
        <SearchField label="Search states and events" />
        <p role="status" className="sr-only">
          {isShown && formatResultCount(results.length)}
        </p>
        {isShown && (
          <div className="absolute top-full right-0 left-0 z-10 mt-1 overflow-hidden rounded-lg border border-line bg-raised py-1 shadow-floating">
            <p aria-hidden="true" className="px-3 py-1 text-xs text-ink-soft">
              {formatResultCount(results.length)}
            </p>
            {results.length > 0 && (
              <ListBox
                aria-label="Search results"
                items={results.slice(0, maxShown)}
                onAction={choose}
              >
                {ResultItem}
              </ListBox>
            )}
          </div>
        )}
      </Autocomplete>
    </search>
  )
}

const ResultItem = ({ id, kind, title, parentId }: SearchResult) => (
  <ListBoxItem
    id={id}
    textValue={title}
    className="px-3 py-1 text-sm data-focused:bg-accent-soft data-hovered:bg-hover max-sm:py-2.5"
  >
    <span className={kind === 'state' ? 'font-semibold' : ''}>{title}</span>{' '}
    <span className="text-ink-soft">{parentId}</span>
  </ListBoxItem>
)

function formatResultCount(count: number): string {
  if (count === 0) return 'No results'
  const total = formatCount(count, 'result')
  return count > maxShown ? `${total}, showing the first ${maxShown}` : total
}
