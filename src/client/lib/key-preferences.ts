import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { isCharacterKey, type KeyBinding } from './key-bindings.ts'
import { preferences } from './preferences.ts'

type KeyPreferences = {
  /** Whether single-character keys, such as `?`, are active. */
  hasCharacterKeys: boolean
  setCharacterKeys: (hasCharacterKeys: boolean) => void
}

/** Which keys are active, persisted on this device. */
export const useKeyPreferences = create<KeyPreferences>()(
  persist(
    (set) => ({
      hasCharacterKeys: true,
      setCharacterKeys: (hasCharacterKeys) => set({ hasCharacterKeys }),
    }),
    preferences(
      'lectern.keys',
      ({ hasCharacterKeys }) => ({ hasCharacterKeys }),
      ({ hasCharacterKeys }) => typeof hasCharacterKeys === 'boolean',
    ),
  ),
)

/** Leaves out the bindings that are switched off. */
export const activeBindings = <Command extends string>(
  bindings: readonly KeyBinding<Command>[],
): readonly KeyBinding<Command>[] =>
  useKeyPreferences.getState().hasCharacterKeys
    ? bindings
    : bindings.filter((binding) => !isCharacterKey(binding))
