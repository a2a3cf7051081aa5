import { type ReactNode, useId } from 'react'

/** A text, or an icon with its name, which is also its tooltip. */
type RadioOption = string | { label: string; icon: ReactNode }

type RadioGroupProps<Value extends string> = {
  label: string
  value: Value
  options: Readonly<Record<Value, RadioOption>>
  onChange: (value: Value) => void
}

/**
 * A segmented control. It is made of native radio buttons: React Aria's would add 20 kB (gzip) to
 * the page's first load.
 */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, value, options, onChange } = props
  const name = useId()
  return (
    <fieldset className="flex rounded-lg border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {Object.entries<RadioOption>(options).map(([key, option]) => {
        const isText = typeof option === 'string'
        return (
          <label
            key={key}
            title={isText ? undefined : option.label}
            className={`${segmentClass} ${isText ? textClass : iconClass}`}
          >
            <input
              type="radio"
              name={name}
              value={key}
              checked={key === value}
              // The values are the record's keys.
              onChange={() => onChange(key as Value)}
              className="absolute inset-0 appearance-none opacity-0"
            />
            {isText ? <span>{option}</span> : <IconWithName {...option} />}
          </label>
        )
      })}
    </fieldset>
  )
}

const IconWithName = ({ label, icon }: Exclude<RadioOption, string>) => (
  <>
    {icon}
    <span className="sr-only">{label}</span>
  </>
)

const segmentClass =
  'relative rounded-md border border-transparent text-ink-soft transition-colors hover:text-ink has-checked:border-line has-checked:bg-surface has-checked:text-ink has-checked:shadow-raised has-focus-visible:outline-2 has-focus-visible:outline-accent forced-colors:has-checked:border-[Highlight]'
const textClass = 'px-2.5 py-1 text-sm has-checked:font-medium'
const iconClass = 'grid size-7 place-items-center max-sm:size-10 max-[23rem]:size-7 [&_svg]:size-4'
