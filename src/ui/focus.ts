import { flushSync } from 'react-dom'

/** Focuses the page's content, as a last resort when the focused element is gone. */
export function focusContent() {
  document.getElementById('content')?.focus({ preventScroll: true })
}

/**
 * Applies a change synchronously. If it removes the focused element, focuses `fallback` instead, or
 * the content if that is gone as well.
 */
export function restoreFocusAfter(change: () => void, fallback: () => HTMLElement | null) {
  flushSync(change)
  if (document.activeElement !== document.body) return
  fallback()?.focus()
  if (document.activeElement === document.body) focusContent()
}

/** Finds the first visible input or button in a container. */
export function findFirstControl(container: Element | null): HTMLElement | undefined {
  const controls = [...(container?.querySelectorAll<HTMLElement>('input, button') ?? [])]
  return controls.find((control) => control.checkVisibility({ visibilityProperty: true }))
}

/** Focuses the first control in a container, or the content if none can take the focus. */
export function focusFirstControl(container: Element | null) {
  const first = findFirstControl(container)
  first?.focus()
  if (document.activeElement !== first) focusContent()
}

/** Creates a ref that focuses `next` if its element disappears with the focus. */
export const passFocusOnUnmount =
  (next: () => HTMLElement | null) => (element: HTMLElement | null) => () => {
    if (element?.contains(document.activeElement)) next()?.focus()
  }

/** A ref that keeps the focus in the page if its element disappears with the focus. */
export const moveFocusOnUnmount = (element: HTMLElement | null) => () => {
  if (element?.contains(document.activeElement)) focusContent()
}

/** Likewise, but moves the focus to the header of the section around the element. */
export const focusHeaderOnUnmount = (element: HTMLElement | null) => () => {
  if (!element?.contains(document.activeElement)) return
  focusFirstControl(element.closest('section')?.querySelector('header') ?? null)
}
