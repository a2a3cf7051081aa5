import { create } from 'zustand'

type RevealState = {
  /** The row to show and to focus, once its list has found it. */
  videoId: string | null
  /** What it was searched for by, to be marked in its name. */
  search: string
  reveal: (videoId: string, search?: string) => void
  done: () => void
}

/** Leads from one place of the page to a row of any chapter, mounted or not. */
export const useReveal = create<RevealState>()((set) => ({
  videoId: null,
  search: '',
  reveal: (videoId, search = '') => set({ videoId, search }),
  done: () => set({ videoId: null }),
}))
