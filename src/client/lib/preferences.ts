import { createJSONStorage, type PersistOptions, type StateStorage } from 'zustand/middleware'

const memory = new Map<string, string>()

/**
 * Uses `localStorage`, and falls back to memory if that is forbidden, full or fails in any other
 * way: storing a preference must never make a press fail.
 */
const storage: StateStorage = {
  getItem: (name) => memory.get(name) ?? attempt(() => localStorage.getItem(name)) ?? null,
  setItem(name, value) {
    const isStored = attempt(() => {
      localStorage.setItem(name, value)
      return true
    })
    if (isStored) memory.delete(name)
    else memory.set(name, value)
  },
  removeItem(name) {
    memory.delete(name)
    attempt(() => localStorage.removeItem(name))
  },
}

function attempt<T>(access: () => T): T | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}

/**
 * Options that persist a store of preferences on this device.
 * @param pick selects the preferences from the store's state
 * @param isValid whether a stored value, of any version of the page, can be used
 */
export const preferences = <State extends object, Stored extends object>(
  name: string,
  pick: (state: State) => Stored,
  isValid: (stored: Partial<Record<keyof Stored, unknown>>) => boolean,
): PersistOptions<State, Stored> => ({
  name,
  partialize: pick,
  storage: createJSONStorage<Stored>(() => storage),
  merge: (stored, state) =>
    typeof stored === 'object' && stored !== null && isValid(stored)
      ? { ...state, ...stored }
      : state,
})
