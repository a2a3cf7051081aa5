import type { Box, ChartLayout, PlacedArrow } from '../layout/chart-layout.ts'
import { computeBounds } from './find-boxes.ts'
import { type Size, toVisibleArea, type Viewport } from './viewport.ts'

/** Crops a layout to the states and arrows that may be partly visible on the screen. */
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

const intersects = (a: Box, b: Box) =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
