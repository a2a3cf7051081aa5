import { expect, test } from 'vitest'
import {
  findCommand,
  formatKeys,
  isCharacterKey,
  type KeyBinding,
} from '#client/lib/key-bindings.ts'

const bindings: readonly KeyBinding[] = [
  { command: 'palette', key: 'k', modifier: 'Mod', label: 'Palette' },
  { command: 'undo', key: 'z', modifier: 'Mod', label: 'Undo' },
  { command: 'add', key: 'a', label: 'Add' },
  { command: 'help', key: '?', label: 'Help' },
  { command: 'down', key: 'ArrowDown', label: 'Down' },
  { command: 'move', key: 'ArrowDown', modifier: 'Alt', label: 'Move' },
  { command: 'back', key: 'Tab', modifier: 'Shift', label: 'Back' },
]

const pressedOnce = {
  repeat: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
}

test.for([
  ['a letter', { key: 'a', code: 'KeyA' }, 'add'],
  ['a letter under Caps Lock', { key: 'A', code: 'KeyA' }, 'add'],
  ['a letter with Shift', { key: 'A', code: 'KeyA', shiftKey: true }, undefined],
  ['a letter with Ctrl', { key: 'a', code: 'KeyA', ctrlKey: true }, undefined],
  ['a letter of another script', { key: 'ф', code: 'KeyA' }, 'add'],
  ['a letter of another Latin layout', { key: 'a', code: 'KeyQ' }, 'add'],
  ['a symbol typed with Shift', { key: '?', code: 'Slash', shiftKey: true }, 'help'],
  ['a symbol typed without Shift', { key: '?', code: 'KeyM' }, 'help'],
  ['Ctrl', { key: 'k', code: 'KeyK', ctrlKey: true }, 'palette'],
  ['Ctrl and Shift', { key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true }, undefined],
  ['the Windows key', { key: 'k', code: 'KeyK', metaKey: true }, undefined],
  ['an arrow', { key: 'ArrowDown', code: 'ArrowDown' }, 'down'],
  ['an arrow with Alt', { key: 'ArrowDown', code: 'ArrowDown', altKey: true }, 'move'],
  ['an arrow with Shift', { key: 'ArrowDown', code: 'ArrowDown', shiftKey: true }, undefined],
  ['Tab', { key: 'Tab', code: 'Tab' }, undefined],
  ['Tab with Shift', { key: 'Tab', code: 'Tab', shiftKey: true }, 'back'],
  ['a held letter', { key: 'a', code: 'KeyA', repeat: true }, undefined],
  ['a held symbol', { key: '?', code: 'Slash', repeat: true }, undefined],
  ['a held arrow', { key: 'ArrowDown', code: 'ArrowDown', repeat: true }, 'down'],
  [
    'a held arrow with Alt',
    { key: 'ArrowDown', code: 'ArrowDown', altKey: true, repeat: true },
    'move',
  ],
  [
    'a held letter with Ctrl, such as undo',
    { key: 'z', code: 'KeyZ', ctrlKey: true, repeat: true },
    'undo',
  ],
] as const)('%s', ([, pressed, command]) => {
  expect(findCommand(bindings, { ...pressedOnce, ...pressed })).toBe(command)
})

test('letters and symbols without a modifier are character keys', () => {
  expect(bindings.filter(isCharacterKey).map(({ command }) => command)).toEqual(['add', 'help'])
})

test('keys are shown as labelled on the keyboard', () => {
  expect(bindings.map(formatKeys)).toEqual([
    ['Ctrl', 'K'],
    ['Ctrl', 'Z'],
    ['A'],
    ['?'],
    ['↓'],
    ['Alt', '↓'],
    ['Shift', 'Tab'],
  ])
})
