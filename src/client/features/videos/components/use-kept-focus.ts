import { type RefObject, useLayoutEffect } from 'react'
import { focusContent } from '#ui/focus.ts'

/**
 * Keeps the focus in a list whose rows change. To move the focused row, React may take it out of the
 * document; if someone else has removed it, or moved it away, the row in its place gets the focus.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>) {
  const focused = document.activeElement
  const row = focused?.closest<HTMLElement>('[data-index]')
  const isInList = list.current?.contains(focused) ?? false
  const index = Number(row?.dataset.index)
  useLayoutEffect(() => {
    if (!isInList || document.activeElement !== document.body) return
    const isKept = list.current?.contains(focused)
    // Code that removes a button from a row moves the focus itself.
    if (!isKept && row && list.current?.contains(row)) return
    const findRow = (at: number) => list.current?.querySelector(`[data-index="${at}"]`)
    const next = isKept ? focused : (findRow(index) ?? findRow(index - 1))
    if (next instanceof HTMLElement) next.focus({ preventScroll: true })
    if (document.activeElement === document.body) focusContent()
  })
}
