import { create } from 'zustand'

type RevealState = {
  /** The row to scroll to and focus, once its list has it. */
  videoId: string | null
  /** The search text to highlight in its name. */
  search: string
  reveal: (videoId: string, search?: string) => void
  done: () => void
}

/** Takes the user to a row of any chapter, mounted or not. */
export const useReveal = create<RevealState>()((set) => ({
  videoId: null,
  search: '',
  reveal: (videoId, search = '') => set({ videoId, search }),
  done: () => set({ videoId: null }),
}))
