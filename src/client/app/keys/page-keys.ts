import type { KeyBinding } from '../../lib/key-bindings.ts'

export type PageCommand = 'commands' | 'search' | 'add' | 'shortcuts'

/** Shortcuts for the whole page. */
export const pageKeys: readonly KeyBinding<PageCommand>[] = [
  { command: 'commands', key: 'k', modifier: 'Mod', label: 'Commands' },
  { command: 'search', key: '/', label: 'Search this course' },
  { command: 'add', key: 'a', label: 'Add videos to the current chapter' },
  { command: 'shortcuts', key: '?', label: 'Keyboard shortcuts' },
]
