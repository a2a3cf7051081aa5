import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { MediaSort } from '#contract/media.ts'

type SortState = { sort: MediaSort; setSort: (sort: MediaSort) => void }

/** How the library is sorted, on this device. */
export const useMediaSort = create<SortState>()(
  persist((set) => ({ sort: 'name', setSort: (sort) => set({ sort }) }), {
    name: 'lectern.media-sort',
    partialize: ({ sort }) => ({ sort }),
  }),
)
