import { type RefObject, useLayoutEffect, useState } from 'react'

const measurements = new Set<() => void>()

/** Remeasures all offsets, after a change that does not resize the page. */
export function measurePageOffsets() {
  for (const measure of measurements) measure()
}

// A single observer: with several, React would render between their callbacks, and each of them
// would then force a layout.
const observer = new ResizeObserver(measurePageOffsets)

/** The distance of an element from the top of the page, in px, updated as the page resizes. */
export function usePageOffset(element: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0)

  useLayoutEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect()
      if (box) setOffset(Math.round(box.top + window.scrollY))
    }
    measure()
    observer.observe(document.body)
    measurements.add(measure)
    return () => {
      measurements.delete(measure)
      if (measurements.size === 0) observer.disconnect()
    }
  }, [element])

  return offset
}
