import { MoonIcon, SunIcon, SystemIcon } from '#ui/icons.tsx'
import { RadioGroup } from '#ui/radio-group.tsx'
import { useTheme } from './theme.store.ts'

export function ThemeSwitch() {
  const { theme, setTheme } = useTheme()
  return <RadioGroup label="Theme" value={theme} options={options} onChange={setTheme} />
}

const options = {
  system: { label: 'System', icon: <SystemIcon /> },
  light: { label: 'Light', icon: <SunIcon /> },
  dark: { label: 'Dark', icon: <MoonIcon /> },
}
