import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { preferences } from '../lib/preferences.ts'

const themes = ['system', 'light', 'dark'] as const

export type Theme = (typeof themes)[number]

type ThemeState = { theme: Theme; setTheme: (theme: Theme) => void }

/** The chosen theme, persisted. `public/theme.js` reads it from storage before the first paint. */
export const useTheme = create<ThemeState>()(
  persist(
    (set) => ({ theme: 'system', setTheme: (theme) => set({ theme }) }),
    preferences(
      'lectern.theme',
      ({ theme }) => ({ theme }),
      ({ theme }) => themes.some((value) => value === theme),
    ),
  ),
)

/** Applies the chosen theme to the page, now and on every change. */
export function applyTheme(root: HTMLElement): void {
  const apply = ({ theme }: ThemeState) => {
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
  }
  apply(useTheme.getState())
  useTheme.subscribe(apply)
}
