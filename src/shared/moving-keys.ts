const movingKeys = new Set([
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Tab',
])

/** Whether a `KeyboardEvent.key` moves something, repeatedly while it is held. */
export const isMovingKey = (key: string): boolean => movingKeys.has(key)
