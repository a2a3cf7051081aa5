import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { inputLook } from '../../../ui/field.tsx'
import { CloseIcon, SearchIcon } from '../../../ui/icons.tsx'
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
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [at, setAt] = useState(0)
  const isListed = isOpen && search.trim() !== ''
  const count = Math.min(found.length, mostShown)
  const current = isListed ? found[at] : undefined

  const type = (typed: string) => {
    onSearch(typed)
    setAt(0)
    setIsOpen(true)
  }
  const choose = (one: Found) => {
    type('')
    onFound(one)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (event.key === 'Enter' && current) choose(current)
    else if (event.key === 'Escape') type('')
    else if (step && count > 0) {
      setIsOpen(true)
      if (isListed) setAt((at + step + count) % count)
    } else return
    event.preventDefault()
  }

  return (
    <search
      className="relative min-w-48 flex-1 sm:max-w-80"
      onFocus={() => setIsOpen(true)}
      onBlur={({ currentTarget, relatedTarget }) =>
        setIsOpen(currentTarget.contains(relatedTarget))
      }
    >
      <SearchIcon className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft" />
      <input
        ref={input}
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={current !== undefined}
        aria-controls={current && listId}
        aria-activedescendant={current && `${listId}-${at}`}
        placeholder={label}
        value={search}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className={`${inputLook} pr-8 pl-8`}
      />
      {search !== '' && (
        <span className="absolute top-1/2 right-0.5 -translate-y-1/2">
          <IconButton
            label="Clear search"
            icon={<CloseIcon />}
            size="small"
            onClick={() => {
              type('')
              input.current?.focus()
            }}
          />
        </span>
      )}
      <p role="status" className="sr-only">
        {isListed && foundLabel(found.length)}
      </p>
      {isListed && <FoundList id={listId} found={found} at={at} onFound={choose} />}
    </search>
  )
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

type FoundListProps = Pick<ChartSearchBoxProps, 'found' | 'onFound'> & { id: string; at: number }

const FoundList = ({ id, found, at, onFound }: FoundListProps) => (
  <div className="absolute top-full right-0 left-0 z-10 mt-1 overflow-hidden rounded-lg border border-line bg-raised py-1 shadow-floating">
    <p aria-hidden="true" className="px-3 py-1 text-xs text-ink-soft">
      {foundLabel(found.length)}
    </p>
    <div role="listbox" id={id} aria-label="Found" hidden={found.length === 0}>
      {found.slice(0, mostShown).map((one, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the input takes the keys, and keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={one.id}
          role="option"
          id={`${id}-${index}`}
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onFound(one)}
          className={`px-3 py-1 text-sm max-sm:py-2.5 ${index === at ? 'bg-accent-soft' : 'hover:bg-hover'}`}
        >
          <span className={one.kind === 'state' ? 'font-semibold' : ''}>{one.title}</span>{' '}
          <span className="text-ink-soft">{one.where}</span>
        </div>
      ))}
    </div>
  </div>
)

function foundLabel(count: number): string {
  if (count === 0) return 'Nothing found'
  return count === 1
    ? '1 found'
    : `${count} found${count > mostShown ? `, the first ${mostShown}:` : ''}`
}
