import { flushSync } from 'react-dom'

type OnScroll = (offset: number, isScrolling: boolean) => void

const lists = new Set<OnScroll>()

/** How long after the last scroll event the page counts as still, in ms. */
const stillAfter = 150

let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Tells virtual lists how far the page is scrolled: one listener for all of them, so that their rows
 * change in one render before the next frame. With a listener each, every list that asks for the
 * offset forces a layout of the rows that the one before it has changed.
 */
export function observeScroll(_: unknown, onScroll: OnScroll): () => void {
  if (lists.size === 0) window.addEventListener('scroll', hearScroll, { passive: true })
  lists.add(onScroll)
  return () => {
    lists.delete(onScroll)
    if (lists.size > 0) return
    window.removeEventListener('scroll', hearScroll)
    clearTimeout(timer)
  }
}

function hearScroll() {
  clearTimeout(timer)
  timer = setTimeout(() => tellLists(false), stillAfter)
  flushSync(() => tellLists(true))
}

function tellLists(isScrolling: boolean) {
  const { scrollY } = window
  for (const onScroll of lists) onScroll(scrollY, isScrolling)
}
