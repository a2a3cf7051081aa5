import type { Box, ChartLayout, PlacedArrow } from '../layout/layout.ts'
import { boxAround } from './places.ts'
import { type Size, sightOf, type Viewport } from './viewport.ts'

/** What of a layout the screen shows: states, and arrows of which any line or label may be seen. */
export function partInSight(layout: ChartLayout, viewport: Viewport, screen: Size): ChartLayout {
  const sight = sightOf(viewport, screen)
  return {
    ...layout,
    states: layout.states.filter(({ box }) => meets(box, sight)),
    arrows: layout.arrows.filter((placed) => meets(boxOfArrow(placed), sight)),
    initials: layout.initials.filter(({ line }) => meets(boxAround(line), sight)),
  }
}

function boxOfArrow({ label, incoming, outgoing }: PlacedArrow): Box {
  return boxAround([label, ...incoming, ...outgoing.flat()])
}

const meets = (one: Box, other: Box) =>
  one.x <= other.x + other.width &&
  other.x <= one.x + one.width &&
  one.y <= other.y + other.height &&
  other.y <= one.y + one.height
