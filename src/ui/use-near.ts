import { type RefObject, useLayoutEffect, useState } from 'react'

/** Whether an element is in the viewport or less than a viewport's height away from it. */
export function useNear(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(false)

  useLayoutEffect(() => {
    const { current } = element
    if (!current) return
    // The observer first reports a frame later.
    const { top, bottom } = current.getBoundingClientRect()
    setNear(bottom > -window.innerHeight && top < 2 * window.innerHeight)
    return observe(current, setNear)
  }, [element])

  return isNear
}

const listeners = new Map<Element, (isNear: boolean) => void>()
let observer: IntersectionObserver | undefined

function observe(element: Element, notify: (isNear: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting)
    },
    // The margin applies to the document's own viewport only if the root is set explicitly.
    { root: document, rootMargin: '100% 0px' },
  )
  listeners.set(element, notify)
  observer.observe(element)
  return () => {
    listeners.delete(element)
    observer?.unobserve(element)
  }
}
