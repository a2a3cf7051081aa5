import type { ReactNode } from 'react'
import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components/RadioGroup'

type RadioGroupProps<Value extends string> = {
  label: string
  value: Value
  options: Readonly<Record<Value, { label: string; icon: ReactNode }>>
  onChange: (value: Value) => void
}

/** A segmented control of icons, each named by its label, which is also its tooltip. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, value, options, onChange } = props
  return (
    <AriaRadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      // The values are the record's keys.
      onChange={(next) => onChange(next as Value)}
      className="flex rounded-lg border border-line bg-sunken p-0.5"
    >
      {Object.entries<{ label: string; icon: ReactNode }>(options).map(
        ([option, { label, icon }]) => (
          <Radio
            key={option}
            value={option}
            className="rounded-md border border-transparent text-ink-soft transition-colors data-focus-visible:outline-2 data-focus-visible:outline-accent data-hovered:text-ink data-selected:border-line data-selected:bg-surface data-selected:text-ink data-selected:shadow-raised forced-colors:data-selected:border-[Highlight]"
          >
            <span
              title={label}
              className="grid size-6.5 place-items-center max-sm:size-9.5 [&_svg]:size-4"
            >
              {icon}
              <span className="sr-only">{label}</span>
            </span>
          </Radio>
        ),
      )}
    </AriaRadioGroup>
  )
}
