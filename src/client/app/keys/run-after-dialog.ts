import { flushSync } from 'react-dom'

/**
 * Closes a dialog, and goes on in the next frame, when React Aria has put the focus back: what
 * opens next then finds it where it was, and what moves it has the last word.
 */
export function runAfterDialog(close: () => void, run: () => void) {
  flushSync(close)
  requestAnimationFrame(run)
}
