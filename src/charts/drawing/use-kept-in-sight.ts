import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { ChartDrawingProps } from './chart-drawing.tsx'
import { isStandingStill, noMarks } from './marks.ts'
import { newPlaces, placeOf } from './places.ts'
import type { ViewportHandle } from './use-viewport.ts'
import { roomOn, withAnyInSight, withInSight } from './viewport.ts'

/** Moves the picture to where an actor goes, and to what is chosen, when that could not be seen. */
export function useKeptInSight(
  chartKey: string,
  { layout, marks, selectedId }: ChartDrawingProps,
  { screen, setViewport, isHeld }: ViewportHandle,
  card: RefObject<HTMLElement | null>,
  clickedId: RefObject<string | null>,
) {
  const shown = useRef({ chartKey, marks: noMarks })
  const chosenId = useRef<string | null>(null)

  useLayoutEffect(() => {
    const before = shown.current.chartKey === chartKey ? shown.current.marks : noMarks
    if (!screen || isStandingStill(before, marks)) return
    shown.current = { chartKey, marks }
    // Who moves the picture just now is not to be drawn away from what they look at.
    if (isHeld()) return
    const room = roomOn(screen, heightOf(card.current))
    const places = newPlaces(layout, marks, before)
    setViewport((now) => withAnyInSight(now, places, room))
  }, [chartKey, layout, marks, screen, setViewport, isHeld, card])

  // After the other one, so that what a link has chosen is what is seen first.
  useLayoutEffect(() => {
    if (!screen) return
    const isClicked = chosenId.current !== selectedId && clickedId.current === selectedId
    chosenId.current = selectedId
    clickedId.current = null
    // It is under the pointer, where a second click must find it.
    if (isClicked) return
    const room = roomOn(screen, heightOf(card.current))
    const place = placeOf(layout, selectedId)
    setViewport((now) => withInSight(now, place, room))
  }, [layout, selectedId, screen, setViewport, card, clickedId])
}

/** How much of the foot of the screen a card takes, with the gap below it. */
const heightOf = (card: HTMLElement | null) => (card ? card.offsetHeight + 12 : 0)
