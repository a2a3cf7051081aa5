/** A key and what it does. Handlers look it up here, and the list of keys shows it. */
export interface KeyBinding<Command extends string = string> {
  command: Command
  /** As `KeyboardEvent.key` names it; a letter in lower case. */
  key: string
  /** What is held with it; `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  modifier?: 'Alt' | 'Shift' | 'Mod' | 'Mod+Shift'
  /** What the list of keys says about it. */
  label: string
}

const isMac = /Mac|iP(?:hone|ad|od)/.test(globalThis.navigator?.platform ?? '')

/** What is held to select one more: ⌘ and Ctrl with the same key belong to the Mac itself. */
export const selectModifier = isMac ? 'Alt' : 'Mod'

type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'
>

/**
 * Finds what a key does. Letters are those of the keyboard's Latin layout where another script is
 * typed; with signs, such as `?`, Shift does not count: layouts differ in whether it types them.
 */
export function findCommand<Command extends string>(
  bindings: readonly KeyBinding<Command>[],
  pressed: PressedKey,
): Command | undefined {
  const key = readKey(pressed)
  return bindings.find((binding) => binding.key === key && hasModifier(binding, pressed, key))
    ?.command
}

/** Whether a key types a character, so that speech input may press it by accident (WCAG 2.1.4). */
export const isCharacterKey = ({ key, modifier }: Omit<KeyBinding, 'command' | 'label'>) =>
  key.length === 1 && key !== ' ' && modifier === undefined

/** The keys of a binding as they stand on the keyboard. */
export function keyCaps({ key, modifier }: KeyBinding): string[] {
  const cap = caps[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  if (modifier === undefined) return [cap]
  return [...modifier.split('+').map((one) => (one === 'Mod' ? modKey : one)), cap]
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
  const isForeign = !/[\x00-\x7f]/.test(key) && /^Key[A-Z]$/.test(code)
  return (isForeign ? code.slice(3) : key).toLowerCase()
}

function hasModifier({ modifier }: KeyBinding, pressed: PressedKey, key: string): boolean {
  const { altKey, ctrlKey, metaKey, shiftKey } = pressed
  const mod = isMac ? metaKey : ctrlKey
  const isSign = key.length === 1 && key.toUpperCase() === key.toLowerCase()
  return (
    altKey === (modifier === 'Alt') &&
    mod === (modifier?.startsWith('Mod') ?? false) &&
    !(isMac ? ctrlKey : metaKey) &&
    (isSign || shiftKey === (modifier?.endsWith('Shift') ?? false))
  )
}
