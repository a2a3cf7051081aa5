import { type KeyBinding, selectModifier } from '#client/lib/key-bindings.ts'

type AssetCommand = 'preview' | 'open' | 'toggle' | 'extend' | 'all'

/** The keys of an asset in the media library. React Aria handles opening and selecting. */
export const assetKeys: readonly KeyBinding<AssetCommand>[] = [
  { command: 'preview', key: ' ', label: 'Preview' },
  { command: 'open', key: 'Enter', label: 'Open, or pick for the chapter' },
  { command: 'toggle', key: ' ', modifier: selectModifier, label: 'Select one more, or one less' },
  { command: 'extend', key: 'ArrowDown', modifier: 'Shift', label: 'Select up to the one below' },
  { command: 'all', key: 'a', modifier: 'Mod', label: 'Select all that are loaded' },
]

/** The keys of a pick in the list for reordering picks. */
export const pickKeys: readonly KeyBinding<'up' | 'down' | 'drop'>[] = [
  { command: 'up', key: 'ArrowUp', modifier: 'Alt', label: 'Move the pick up' },
  { command: 'down', key: 'ArrowDown', modifier: 'Alt', label: 'Move the pick down' },
  { command: 'drop', key: 'Delete', label: 'Remove the pick' },
]
