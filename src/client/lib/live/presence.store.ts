import { useEffect } from 'react'
import { create } from 'zustand'
import { type Presence, presenceLifetime } from '#contract/presence.ts'

interface PresenceState {
  /** The ids of what is being renamed on this page. */
  here: ReadonlySet<string>
  /** The ids of what is being renamed on other pages, by page. */
  elsewhere: Readonly<Record<string, readonly string[]>>
  start: (id: string) => void
  end: (id: string) => void
  /** Records what another page reports as being renamed on it, until that expires. */
  receive: (presence: Presence) => void
}

/** Who is renaming what. The reports of pages that are gone expire. */
export const usePresence = create<PresenceState>()((set) => {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  function forget(page: string) {
    timers.delete(page)
    set(({ elsewhere: { [page]: _, ...elsewhere } }) => ({ elsewhere }))
  }

  return {
    here: new Set(),
    elsewhere: {},
    start: (id) => set(({ here }) => ({ here: new Set([...here, id]) })),
    end: (id) =>
      set(({ here }) => ({ here: new Set([...here].filter((renamed) => renamed !== id)) })),
    receive({ page, ids }) {
      clearTimeout(timers.get(page))
      if (ids.length === 0) return forget(page)
      timers.set(page, setTimeout(forget, presenceLifetime, page))
      set(({ elsewhere }) => ({ elsewhere: { ...elsewhere, [page]: ids } }))
    },
  }
})

/** Marks something as being renamed on this page, for as long as it is. */
export function useMarkRenaming(id: string, isRenaming: boolean): void {
  useEffect(() => {
    if (!isRenaming) return
    usePresence.getState().start(id)
    return () => usePresence.getState().end(id)
  }, [id, isRenaming])
}

/** Whether something is being renamed on another page. */
export const useIsBeingRenamed = (id: string): boolean =>
  usePresence(({ elsewhere }) => Object.values(elsewhere).some((ids) => ids.includes(id)))
