import { type KeyBinding, selectModifier } from '#client/lib/key-bindings.ts'

type AssetCommand = 'preview' | 'open' | 'toggle' | 'extend' | 'all'

/** The keys of an asset in the media library. React Aria handles opening and selecting. */
export const assetKeys: readonly KeyBinding<AssetCommand>[] = [
  { command: 'preview', key: ' ', label: 'Preview' },
  { command: 'open', key: 'Enter', label: 'Open, or select when adding videos' },
  {
    command: 'toggle',
    key: ' ',
    modifier: selectModifier,
    label: 'Add to or remove from selection',
  },
  { command: 'extend', key: 'ArrowDown', modifier: 'Shift', label: 'Extend selection down' },
  { command: 'all', key: 'a', modifier: 'Mod', label: 'Select all loaded' },
]

/** The keys of a pick in the list for reordering picks. */
export const pickKeys: readonly KeyBinding<'up' | 'down' | 'drop'>[] = [
  { command: 'up', key: 'ArrowUp', modifier: 'Alt', label: 'Move selected video up' },
  { command: 'down', key: 'ArrowDown', modifier: 'Alt', label: 'Move selected video down' },
  { command: 'drop', key: 'Delete', label: 'Remove from selection' },
]
