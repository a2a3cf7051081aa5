import { createJSONStorage, type PersistOptions, type StateStorage } from 'zustand/middleware'

const memory = new Map<string, string>()

/**
 * The browser's storage, or memory where the browser forbids it, has no room in it, or fails in any
 * other way: a preference is never a reason for a press to fail.
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

function attempt<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}

/**
 * How a store of preferences is persisted on this device.
 * @param pick the preferences among the store's state
 * @param isValid whether what was stored, by any version of the page, can be used
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
