import { useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { SearchField } from 'react-aria-components/SearchField'
import { inputClass } from '#ui/field.tsx'
import { CloseIcon, SearchIcon } from '#ui/icons.tsx'
import type { Found } from '../search.ts'

type ChartSearchBoxProps = {
  search: string
  onSearch: (typed: string) => void
  found: Found[]
  onFound: (found: Found) => void
}

const label = 'Search states and events'
const mostShown = 12

/** A search with what it found below it; the focus stays in it, and the arrow keys choose. */
export function ChartSearchBox({ search, onSearch, found, onFound }: ChartSearchBoxProps) {
  const [isOpen, setIsOpen] = useState(false)
  const isListed = isOpen && search.trim() !== ''
  const choose = (id: string | number) => {
    const one = found.find((candidate) => candidate.id === id)
    onSearch('')
    if (one) onFound(one)
  }

  return (
    <search
      className="relative min-w-48 flex-1 sm:max-w-80"
      onFocus={() => setIsOpen(true)}
      onBlur={({ currentTarget, relatedTarget }) =>
        setIsOpen(currentTarget.contains(relatedTarget))
      }
    >
      <Autocomplete inputValue={search} onInputChange={onSearch}>
        <SearchField aria-label={label}>
          <SearchIcon className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft" />
          <Input
            placeholder={label}
            maxLength={200}
            className={`${inputClass} pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden`}
          />
          {search !== '' && (
            <Button
              aria-label="Clear search"
              className="absolute top-1/2 right-0.5 grid size-8 -translate-y-1/2 place-items-center rounded-md text-ink-soft hover:bg-hover hover:text-ink [&_svg]:size-4"
            >
              <CloseIcon />
            </Button>
          )}
        </SearchField>
        <p role="status" className="sr-only">
          {isListed && foundLabel(found.length)}
        </p>
        {isListed && (
          <div className="absolute top-full right-0 left-0 z-10 mt-1 overflow-hidden rounded-lg border border-line bg-raised py-1 shadow-floating">
            <p aria-hidden="true" className="px-3 py-1 text-xs text-ink-soft">
              {foundLabel(found.length)}
            </p>
            {found.length > 0 && (
              <ListBox aria-label="Found" items={found.slice(0, mostShown)} onAction={choose}>
                {FoundItem}
              </ListBox>
            )}
          </div>
        )}
      </Autocomplete>
    </search>
  )
}

const FoundItem = ({ id, kind, title, where }: Found) => (
  <ListBoxItem
    id={id}
    textValue={title}
    className="px-3 py-1 text-sm data-focused:bg-accent-soft data-hovered:bg-hover max-sm:py-2.5"
  >
    <span className={kind === 'state' ? 'font-semibold' : ''}>{title}</span>{' '}
    <span className="text-ink-soft">{where}</span>
  </ListBoxItem>
)

function foundLabel(count: number): string {
  if (count === 0) return 'Nothing found'
  return count === 1
    ? '1 found'
    : `${count} found${count > mostShown ? `, the first ${mostShown}:` : ''}`
}
