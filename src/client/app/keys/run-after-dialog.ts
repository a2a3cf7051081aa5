import { flushSync } from 'react-dom'

/**
 * Closes a dialog, and calls `run` in the next frame, when React Aria has restored the focus. A
 * dialog that `run` opens then finds the focus where it was, and a focus that `run` sets is kept.
 */
export function runAfterDialog(close: () => void, run: () => void) {
  flushSync(close)
  requestAnimationFrame(run)
}
