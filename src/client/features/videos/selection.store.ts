import { create } from 'zustand'

export interface Selection {
  /** The selected videos, of any chapter. Some may be gone; readers skip those. */
  ids: ReadonlySet<string>
  /** The anchor of a range: the row that was selected last. */
  anchorId: string | null
}

type SelectionState = Selection & {
  /** Selects one row alone. */
  selectOnly: (id: string) => void
  toggle: (id: string) => void
  /** Selects several rows at once; a range keeps its anchor. */
  selectAll: (ids: readonly string[], anchorId: string) => void
  replace: (selection: Selection) => void
  clear: () => void
}

const none: ReadonlySet<string> = new Set()

export const useSelection = create<SelectionState>()((set) => ({
  ids: none,
  anchorId: null,
  selectOnly: (id) => set({ ids: new Set([id]), anchorId: id }),
  toggle: (id) => set(({ ids }) => ({ ids: toggleId(ids, id), anchorId: id })),
  selectAll: (ids, anchorId) => set({ ids: new Set(ids), anchorId }),
  replace: ({ ids, anchorId }) => set({ ids, anchorId }),
  clear: () => set({ ids: none, anchorId: null }),
}))

function toggleId(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const others = new Set(ids)
  return others.delete(id) ? others : others.add(id)
}
