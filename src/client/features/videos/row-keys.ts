import type { KeyBinding } from '#client/lib/key-bindings.ts'
import type { Step } from './arrange-rows.ts'

export type RowCommand =
  | ('next' | 'previous' | 'first' | 'last')
  | ('moveDown' | 'moveUp' | 'moveToEnd' | 'moveToStart')
  | ('rename' | 'remove' | 'retry' | 'play' | 'move')

/** The keys of a video's row. */
export const rowKeys: readonly KeyBinding<RowCommand>[] = [
  { command: 'next', key: 'ArrowDown', label: 'Next video' },
  { command: 'previous', key: 'ArrowUp', label: 'Previous video' },
  { command: 'first', key: 'Home', label: 'First video in the chapter' },
  { command: 'last', key: 'End', label: 'Last video in the chapter' },
  { command: 'rename', key: 'F2', label: 'Rename' },
  { command: 'rename', key: 'Enter', label: 'Rename' },
  { command: 'play', key: 'p', label: 'Play' },
  { command: 'move', key: 'm', label: 'Move to…' },
  { command: 'moveDown', key: 'ArrowDown', modifier: 'Alt', label: 'Move down' },
  { command: 'moveUp', key: 'ArrowUp', modifier: 'Alt', label: 'Move up' },
  { command: 'moveToStart', key: 'Home', modifier: 'Alt', label: 'Move to start of chapter' },
  { command: 'moveToEnd', key: 'End', modifier: 'Alt', label: 'Move to end of chapter' },
  { command: 'retry', key: 'r', label: 'Retry' },
  { command: 'remove', key: 'Delete', label: 'Remove' },
]

export type SelectionCommand = 'toggle' | 'all' | 'clear' | Step

/** The keys that select rows, from the one that has the focus. */
export const selectionKeys: readonly KeyBinding<SelectionCommand>[] = [
  { command: 'toggle', key: ' ', label: 'Select or deselect' },
  { command: 'down', key: 'ArrowDown', modifier: 'Shift', label: 'Extend selection to next video' },
  { command: 'up', key: 'ArrowUp', modifier: 'Shift', label: 'Extend selection to previous video' },
  { command: 'start', key: 'Home', modifier: 'Shift', label: 'Extend selection to first video' },
  { command: 'end', key: 'End', modifier: 'Shift', label: 'Extend selection to last video' },
  { command: 'all', key: 'a', modifier: 'Mod', label: 'Select all in the chapter' },
  { command: 'clear', key: 'Escape', label: 'Clear selection' },
]

export type EditorCommand = 'save' | 'saveAndNext' | 'saveAndPrevious' | 'cancel'

/** The keys of an open editor. `save` is the form's own. */
export const editorKeys: readonly KeyBinding<EditorCommand>[] = [
  { command: 'save', key: 'Enter', label: 'Save' },
  { command: 'saveAndNext', key: 'Tab', label: 'Save and rename next' },
  { command: 'saveAndNext', key: 'ArrowDown', label: 'Save and rename next' },
  {
    command: 'saveAndPrevious',
    key: 'Tab',
    modifier: 'Shift',
    label: 'Save and rename previous',
  },
  { command: 'saveAndPrevious', key: 'ArrowUp', label: 'Save and rename previous' },
  { command: 'cancel', key: 'Escape', label: 'Cancel' },
]
