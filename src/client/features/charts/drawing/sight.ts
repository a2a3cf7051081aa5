import type { Box, ChartLayout, PlacedArrow, Point } from '../layout/layout.ts'
import { type Size, sightOf, type Viewport } from './viewport.ts'

/** What of a layout the screen shows: states, and arrows of which any line or label may be seen. */
export function partInSight(layout: ChartLayout, viewport: Viewport, screen: Size): ChartLayout {
  const sight = sightOf(viewport, screen)
  return {
    ...layout,
    states: layout.states.filter(({ box }) => meets(box, sight)),
    arrows: layout.arrows.filter((placed) => meets(boxAround(placed), sight)),
    initials: layout.initials.filter(({ line }) => meets(boxOfPoints(line), sight)),
  }
}

function boxAround({ label, incoming, outgoing }: PlacedArrow): Box {
  const corner = { x: label.x + label.width, y: label.y + label.height }
  return boxOfPoints([label, corner, ...incoming, ...outgoing.flat()])
}

function boxOfPoints(points: Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

const meets = (one: Box, other: Box) =>
  one.x <= other.x + other.width &&
  other.x <= one.x + one.width &&
  one.y <= other.y + other.height &&
  other.y <= one.y + one.height
