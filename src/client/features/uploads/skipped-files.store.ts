import { create } from 'zustand'

type SkippedFiles = {
  /** The names of files that were dropped or chosen and are no videos. */
  names: readonly string[]
  skip: (names: readonly string[]) => void
  dismiss: () => void
}

/** Files that were left out, until somebody has read so. */
export const useSkippedFiles = create<SkippedFiles>()((set) => ({
  names: [],
  skip: (names) => {
    if (names.length > 0) set((state) => ({ names: [...state.names, ...names] }))
  },
  dismiss: () => set({ names: [] }),
}))
