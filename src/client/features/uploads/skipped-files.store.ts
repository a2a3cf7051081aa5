import { create } from 'zustand'

type SkippedFiles = {
  /** The names of dropped or chosen files that are not videos. */
  names: readonly string[]
  skip: (names: readonly string[]) => void
  dismiss: () => void
}

/** Files that were skipped, until the notice is dismissed. */
export const useSkippedFiles = create<SkippedFiles>()((set) => ({
  names: [],
  skip: (names) => {
    if (names.length > 0) set((state) => ({ names: [...state.names, ...names] }))
  },
  dismiss: () => set({ names: [] }),
}))
