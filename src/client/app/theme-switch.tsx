import type { ReactNode } from 'react'
import { MoonIcon, SunIcon, SystemIcon } from '#ui/icons.tsx'
import { type Theme, themes, useTheme } from './theme.store.ts'

export function ThemeSwitch() {
  const { theme: chosen, setTheme } = useTheme()
  return (
    <fieldset className="flex rounded-lg border border-line bg-sunken p-0.5">
      <legend className="sr-only">Theme</legend>
      {themes.map((theme) => (
        <label
          key={theme}
          title={labels[theme]}
          className="relative grid size-7 place-items-center rounded-md border border-transparent text-ink-soft transition-colors hover:text-ink has-checked:border-line has-checked:bg-surface has-checked:text-ink has-checked:shadow-raised has-focus-visible:outline-2 has-focus-visible:outline-accent max-sm:size-10 forced-colors:has-checked:border-[Highlight] [&_svg]:size-4"
        >
          <input
            type="radio"
            name="theme"
            value={theme}
            checked={theme === chosen}
            onChange={() => setTheme(theme)}
            className="absolute inset-0 appearance-none opacity-0"
          />
          {pictures[theme]}
          <span className="sr-only">{labels[theme]}</span>
        </label>
      ))}
    </fieldset>
  )
}

const labels: Record<Theme, string> = {
  system: 'Same as the system',
  light: 'Light',
  dark: 'Dark',
}

const pictures: Record<Theme, ReactNode> = {
  system: <SystemIcon />,
  light: <SunIcon />,
  dark: <MoonIcon />,
}
