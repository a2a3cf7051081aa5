import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

type ThemeState = { theme: Theme; setTheme: (theme: Theme) => void }

/** The chosen theme. `public/theme.js` reads what is kept here before the first paint. */
export const useTheme = create<ThemeState>()(
  persist((set) => ({ theme: 'system', setTheme: (theme) => set({ theme }) }), {
    name: 'lectern.theme',
    partialize: ({ theme }) => ({ theme }),
  }),
)

/** Shows the chosen theme on the page, now and whenever another is chosen. */
export function applyTheme(root: HTMLElement): void {
  const show = ({ theme }: ThemeState) => {
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
  }
  show(useTheme.getState())
  useTheme.subscribe(show)
}
