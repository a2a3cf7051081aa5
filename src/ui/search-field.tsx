import { type KeyboardEventHandler, useRef } from 'react'
import { IconButton } from './button.tsx'
import { inputClass } from './field.tsx'
import { CloseIcon, SearchIcon } from './icons.tsx'

type SearchFieldProps = {
  label: string
  value: string
  onChange: (value: string) => void
  onKeyDown?: KeyboardEventHandler<HTMLInputElement>
  autoFocus?: boolean
}

export function SearchField({
  label,
  value,
  onChange,
  onKeyDown,
  autoFocus = false,
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="relative min-w-0 flex-1">
      <SearchIcon className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: searching is what this dialog opens for
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        className={`${inputClass} pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden`}
      />
      {value !== '' && (
        <span className="absolute top-1/2 right-0.5 -translate-y-1/2">
          <IconButton
            label="Clear search"
            icon={<CloseIcon />}
            size="small"
            onClick={() => {
              onChange('')
              input.current?.focus()
            }}
          />
        </span>
      )}
    </div>
  )
}
