import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { ChartDrawingProps } from './chart-drawing.tsx'
import { findBox, findNewBoxes } from './find-boxes.ts'
import { hasSameActivity, noMarks } from './marks.ts'
import type { ViewportControl } from './use-viewport.ts'
import { computeUncovered, revealAny, revealBox } from './viewport.ts'

/** Pans to the states that an actor enters and to the selected item if they are out of view. */
export function useAutoPan(
  { layout, marks, selectedId }: ChartDrawingProps,
  { screen, setViewport, isPressed }: ViewportControl,
  card: RefObject<HTMLElement | null>,
  clickedId: RefObject<string | null>,
) {
  const shownMarks = useRef(noMarks)
  const previousId = useRef<string | null>(null)

  useLayoutEffect(() => {
    const before = shownMarks.current
    if (!screen || hasSameActivity(before, marks)) return
    shownMarks.current = marks
    // Never pan while someone is dragging.
    if (isPressed()) return
    const uncovered = computeUncovered(screen, measureCard(card.current))
    const boxes = findNewBoxes(layout, marks, before)
    setViewport((now) => revealAny(now, boxes, uncovered))
  }, [layout, marks, screen, setViewport, isPressed, card])

  // Runs second, so that a link's selection wins.
  useLayoutEffect(() => {
    if (!screen) return
    const isClicked = previousId.current !== selectedId && clickedId.current === selectedId
    previousId.current = selectedId
    clickedId.current = null
    // A clicked item has to stay under the pointer for a double click.
    if (isClicked) return
    const uncovered = computeUncovered(screen, measureCard(card.current))
    const box = findBox(layout, selectedId)
    setViewport((now) => revealBox(now, box, uncovered))
  }, [layout, selectedId, screen, setViewport, card, clickedId])
}

const cardMargin = 12

const measureCard = (card: HTMLElement | null) => (card ? card.offsetHeight + cardMargin : 0)
