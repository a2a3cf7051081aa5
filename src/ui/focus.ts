import { flushSync } from 'react-dom'

/** Where to go on when what had the focus is gone and nothing took its place. */
export function focusContent() {
  document.getElementById('content')?.focus({ preventScroll: true })
}

/** Does what may take away the button that was pressed for it; then `next` gets the focus that is lost with it. */
export function restoreFocusAfter(change: () => void, next: () => HTMLElement | null) {
  flushSync(change)
  if (document.activeElement === document.body) next()?.focus()
}

/** Focuses the first thing that can be used in a part of the page, where it is shown. */
export function focusFirstControl(part: Element | null) {
  const first = part?.querySelector<HTMLElement>('input, button')
  first?.focus()
  if (document.activeElement !== first) focusContent()
}
