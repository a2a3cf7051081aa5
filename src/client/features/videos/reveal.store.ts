import { create } from 'zustand'

type RevealState = {
  /** The row to show and to focus, once its list has found it. */
  videoId: string | null
  reveal: (videoId: string) => void
  done: () => void
}

/** Leads from one place of the page to a row of any chapter, mounted or not. */
export const useReveal = create<RevealState>()((set) => ({
  videoId: null,
  reveal: (videoId) => set({ videoId }),
  done: () => set({ videoId: null }),
}))
