import { ChevronIcon } from './icons.tsx'

type SelectProps<Value extends string> = {
  label: string
  value: Value
  /** The labels of the values that can be chosen. */
  options: Readonly<Partial<Record<Value, string>>>
  onChange: (value: Value) => void
}

/** A native select, which suits every device and adds nothing to the bundle. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
}: SelectProps<Value>) {
  return (
    <span className="relative inline-flex">
      <select
        aria-label={label}
        value={value}
        // The options are the record's keys.
        onChange={(event) => onChange(event.currentTarget.value as Value)}
        className="h-8 appearance-none rounded-md border border-line-strong bg-surface pr-8 pl-2.5 text-base text-ink max-sm:h-10"
      >
        {Object.entries(options as Record<string, string>).map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
      <ChevronIcon className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-soft" />
    </span>
  )
}
