import { type RefObject, useLayoutEffect, useState } from 'react'

const measurements = new Set<() => void>()

/** Measures again where elements stand, after a change that leaves the page as high as it was. */
export function measurePageOffsets() {
  for (const measure of measurements) measure()
}

// One observer for all: React would render between the callbacks of several, and each would then
// force a layout of its own.
const observer = new ResizeObserver(measurePageOffsets)

/** The distance of an element from the top of the page, in px, whatever resizes above it. */
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
