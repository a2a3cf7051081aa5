import { isMovingKey } from '#shared/moving-keys.ts'

/** A key and its command. Handlers look it up, and the list of shortcuts shows it. */
export interface KeyBinding<Command extends string = string> {
  command: Command
  /** A `KeyboardEvent.key`; letters are in lower case. */
  key: string
  /** The modifiers held with it; `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  modifier?: 'Alt' | 'Shift' | 'Mod' | 'Mod+Shift'
  /** Its description in the list of shortcuts. */
  label: string
}

const isMac = /Mac|iP(?:hone|ad|od)/.test(globalThis.navigator?.platform ?? '')

/** The modifier that adds to a selection: macOS reserves Space with ⌘ and with Ctrl. */
export const selectModifier = isMac ? 'Alt' : 'Mod'

type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'repeat' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'
>

/**
 * Finds the command of a key press. In a non-Latin layout, letters are matched by the position of
 * the key. For characters without case, such as `?`, Shift is ignored: layouts differ in whether
 * it is needed to type them. A held key has its command once, unless it moves something or has a
 * modifier: held arrows move on and on, and a held undo goes back further, as in any editor.
 */
export function findCommand<Command extends string>(
  bindings: readonly KeyBinding<Command>[],
  pressed: PressedKey,
): Command | undefined {
  const key = readKey(pressed)
  return bindings.find(
    (binding) =>
      binding.key === key && hasModifier(binding, pressed, key) && mayAct(binding, pressed),
  )?.command
}

const mayAct = ({ key, modifier }: KeyBinding, { repeat }: PressedKey) =>
  !repeat || modifier !== undefined || isMovingKey(key)

/** Whether a key is a single character, which speech input may press by accident (WCAG 2.1.4). */
export const isCharacterKey = ({ key, modifier }: Omit<KeyBinding, 'command' | 'label'>) =>
  key.length === 1 && key !== ' ' && modifier === undefined

/** The keys of a binding, as labelled on the keyboard. */
export function formatKeys({ key, modifier }: KeyBinding): string[] {
  const cap = caps[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  if (modifier === undefined) return [cap]
  return [...modifier.split('+').map((name) => (name === 'Mod' ? modKey : name)), cap]
}

const modKey = isMac ? '⌘' : 'Ctrl'

const caps: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  ' ': 'Space',
}

function readKey({ key, code }: PressedKey): string {
  if (key.length !== 1) return key
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  const isNonLatin = !/[\x00-\x7f]/.test(key) && /^Key[A-Z]$/.test(code)
  return (isNonLatin ? code.slice(3) : key).toLowerCase()
}

function hasModifier({ modifier }: KeyBinding, pressed: PressedKey, key: string): boolean {
  const { altKey, ctrlKey, metaKey, shiftKey } = pressed
  const mod = isMac ? metaKey : ctrlKey
  const isCaseless = key.length === 1 && key.toUpperCase() === key.toLowerCase()
  return (
    altKey === (modifier === 'Alt') &&
    mod === (modifier?.startsWith('Mod') ?? false) &&
    !(isMac ? ctrlKey : metaKey) &&
    (isCaseless || shiftKey === (modifier?.endsWith('Shift') ?? false))
  )
}
