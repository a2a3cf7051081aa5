import type { ComponentProps } from 'react'
import { Button } from 'react-aria-components/Button'
import { Input } from 'react-aria-components/Input'
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField'
import { inputClass } from './field.tsx'
import { CloseIcon, SearchIcon } from './icons.tsx'

type SearchFieldProps = Pick<
  ComponentProps<typeof AriaSearchField>,
  'value' | 'onChange' | 'onKeyDown' | 'autoFocus'
> & { label: string }

/** A search box. Escape clears it; if it is empty, Escape propagates. */
export const SearchField = ({ label, ...field }: SearchFieldProps) => (
  <AriaSearchField
    {...field}
    aria-label={label}
    maxLength={200}
    autoComplete="off"
    spellCheck="false"
    className="group relative min-w-0 flex-1"
  >
    <SearchIcon className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft" />
    <Input
      placeholder={label}
      className={`${inputClass} pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden`}
    />
    <span className="absolute top-1/2 right-0.5 -translate-y-1/2 group-data-empty:hidden">
      <Button aria-label="Clear search" className="button icon-button-small icon-button-quiet">
        <CloseIcon />
      </Button>
    </span>
  </AriaSearchField>
)
