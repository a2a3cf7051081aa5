import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { preferences } from '#client/lib/preferences.ts'

type CollapsedState = {
  collapsed: Readonly<Record<string, true>>
  toggle: (chapterId: string) => void
  expand: (chapterId: string) => void
  setAll: (chapterIds: readonly string[], isCollapsed: boolean) => void
}

/** The collapsed chapters, persisted on this device. */
export const useCollapsed = create<CollapsedState>()(
  persist(
    (set) => ({
      collapsed: {},
      toggle: (chapterId) =>
        set(({ collapsed: { [chapterId]: wasCollapsed, ...others } }) => ({
          collapsed: wasCollapsed ? others : { ...others, [chapterId]: true },
        })),
      expand: (chapterId) =>
        set((state) => {
          const { [chapterId]: wasCollapsed, ...others } = state.collapsed
          return wasCollapsed ? { collapsed: others } : state
        }),
      setAll: (chapterIds, isCollapsed) =>
        set((state) => {
          const collapsed = { ...state.collapsed }
          for (const id of chapterIds) {
            if (isCollapsed) collapsed[id] = true
            else delete collapsed[id]
          }
          return { collapsed }
        }),
    }),
    preferences(
      'lectern.collapsed',
      ({ collapsed }) => ({ collapsed }),
      ({ collapsed }) => typeof collapsed === 'object' && collapsed !== null,
    ),
  ),
)
