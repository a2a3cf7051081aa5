import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Theme = 'system' | 'light' | 'dark'

type ThemeState = { theme: Theme; setTheme: (theme: Theme) => void }

/** The chosen theme, persisted. `public/theme.js` reads it from storage before the first paint. */
export const useTheme = create<ThemeState>()(
  persist((set) => ({ theme: 'system', setTheme: (theme) => set({ theme }) }), {
    name: 'lectern.theme',
    partialize: ({ theme }) => ({ theme }),
  }),
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
