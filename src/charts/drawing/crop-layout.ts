import type { Box, ChartLayout, PlacedArrow } from '../layout/chart-layout.ts'
import { computeBounds } from './find-boxes.ts'
import { type Size, toVisibleArea, type Viewport } from './viewport.ts'

/** Crops a layout to the states and arrows of which the screen may show a part. */
export function cropLayout(layout: ChartLayout, viewport: Viewport, screen: Size): ChartLayout {
  const area = toVisibleArea(viewport, screen)
  return {
    ...layout,
    states: layout.states.filter(({ box }) => intersects(box, area)),
    arrows: layout.arrows.filter((placed) => intersects(computeArrowBounds(placed), area)),
    initials: layout.initials.filter(({ line }) => intersects(computeBounds(line), area)),
  }
}

function computeArrowBounds({ label, incoming, outgoing }: PlacedArrow): Box {
  return computeBounds([label, ...incoming, ...outgoing.flat()])
}

const intersects = (one: Box, other: Box) =>
  one.x <= other.x + other.width &&
  other.x <= one.x + one.width &&
  one.y <= other.y + other.height &&
  other.y <= one.y + one.height
