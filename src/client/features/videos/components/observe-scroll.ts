import { flushSync } from 'react-dom'

type OnScroll = (offset: number, isScrolling: boolean) => void

const lists = new Set<OnScroll>()

/** How long after the last scroll event the page counts as still, in ms. */
const stillAfter = 150

let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Reports the scroll offset of the page to virtual lists. One listener serves all of them, so that
 * their rows change in one render before the next frame. With a listener each, every list that
 * reads the offset would force a layout of the rows that the previous one has changed.
 */
export function observeScroll(_: unknown, onScroll: OnScroll): () => void {
  if (lists.size === 0) window.addEventListener('scroll', handleScroll, { passive: true })
  lists.add(onScroll)
  return () => {
    lists.delete(onScroll)
    if (lists.size > 0) return
    window.removeEventListener('scroll', handleScroll)
    clearTimeout(timer)
  }
}

function handleScroll() {
  clearTimeout(timer)
  timer = setTimeout(() => notifyLists(false), stillAfter)
  flushSync(() => notifyLists(true))
}

function notifyLists(isScrolling: boolean) {
  const { scrollY } = window
  for (const onScroll of lists) onScroll(scrollY, isScrolling)
}
