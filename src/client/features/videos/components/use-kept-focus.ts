import { type RefObject, useLayoutEffect } from 'react'

/**
 * Keeps the focus in a list whose rows are reordered: to move the focused row, React may take it
 * out of the document.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>) {
  const focused = document.activeElement
  useLayoutEffect(() => {
    const isLost = document.activeElement === document.body && focused !== document.body
    if (!isLost || !(focused instanceof HTMLElement) || !list.current?.contains(focused)) return
    focused.focus({ preventScroll: true })
  })
}
