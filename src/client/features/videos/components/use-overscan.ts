import { type RefObject, startTransition, useEffect, useState, useSyncExternalStore } from 'react'
import { whenIdle } from '#client/lib/when-idle.ts'

/** Enough to scroll by a screenful without a blank frame. */
export const nearOverscan = 14

/** The largest chapter whose rows are all mounted, so that the browser's search finds them. */
const maxWhole = 300

const initialGrowth = { overscan: nearOverscan, count: 0 }

/** How many rows to add at each end in an idle moment. */
const slice = 10

interface OverscanOptions {
  count: number
  isBusy: boolean
  isNear: boolean
  isCovered: boolean
}

/**
 * How many rows to mount beyond the viewport. Grows slice by slice while the page is idle, until
 * all rows are mounted. Starts over when more than a slice of videos is added, so that their first
 * frame does not pay for it, while the media library covers the page, for the same reason, and when
 * the chapter comes near the viewport again. For printing, all rows of any chapter are mounted.
 */
export function useOverscan(
  list: RefObject<HTMLElement | null>,
  { count, isBusy, isNear, isCovered }: OverscanOptions,
) {
  const [grown, setGrown] = useState(initialGrowth)
  const isPrinting = useSyncExternalStore(subscribeToPrinting, readPrinting)
  const overscan = count > grown.count + slice ? nearOverscan : grown.overscan
  const isGrowing = isNear && !isBusy && !isCovered && count <= maxWhole && overscan < count

  useEffect(() => {
    if (!isGrowing) return
    const grow = () => startTransition(() => setGrown({ overscan: overscan + slice, count }))
    // A collapsed chapter has nothing to find.
    return runWhenShown(list.current, () => whenIdle(grow))
  }, [isGrowing, overscan, count, list])

  useEffect(() => {
    if (!isNear) setGrown(initialGrowth)
  }, [isNear])

  useEffect(() => {
    if (!isCovered) return
    return whenIdle(() => startTransition(() => setGrown(initialGrowth)))
  }, [isCovered])

  return { overscan: isPrinting ? count : overscan, isGrowing, isPrinting }
}

/**
 * Starts something as soon as an element is displayed.
 * @param start returns a function that cancels it
 * @returns a function that cancels it, started or not
 */
function runWhenShown(element: HTMLElement | null, start: () => () => void): () => void {
  let cancel = () => {}
  // An element that is not displayed has no size to report.
  const observer = new ResizeObserver(() => {
    observer.disconnect()
    cancel = start()
  })
  if (element) observer.observe(element)
  return () => {
    observer.disconnect()
    cancel()
  }
}

const print = matchMedia('print')
let isBetweenPrintEvents = false
const readPrinting = () => isBetweenPrintEvents || print.matches

function subscribeToPrinting(onChange: () => void): () => void {
  const listening = new AbortController()
  const { signal } = listening
  const listen = (event: 'beforeprint' | 'afterprint') =>
    window.addEventListener(
      event,
      () => {
        isBetweenPrintEvents = event === 'beforeprint'
        onChange()
      },
      { signal },
    )
  listen('beforeprint')
  listen('afterprint')
  print.addEventListener('change', onChange, { signal })
  return () => listening.abort()
}
