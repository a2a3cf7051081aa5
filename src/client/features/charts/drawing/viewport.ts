import type { Box, Point } from '../layout/layout.ts'

/** Which part of a drawing is seen: it is scaled first and then moved, in px of the screen. */
export interface Viewport {
  x: number
  y: number
  scale: number
}

export interface Size {
  width: number
  height: number
}

const margin = 24
const smallest = 0.08
const largest = 2.5

const clampScale = (scale: number) => Math.min(largest, Math.max(smallest, scale))

/** All of the drawing, in the middle, never larger than life. */
export function wholeIn(drawing: Size, screen: Size): Viewport {
  const scale = Math.min(
    1,
    clampScale((screen.width - 2 * margin) / drawing.width),
    clampScale((screen.height - 2 * margin) / drawing.height),
  )
  return {
    scale,
    x: (screen.width - drawing.width * scale) / 2,
    y: (screen.height - drawing.height * scale) / 2,
  }
}

/** The drawing's beginning at a size at which it can be read, or all of it where that can be read. */
function readable(drawing: Size, screen: Size): Viewport {
  const whole = wholeIn(drawing, screen)
  if (whole.scale >= legible) return whole
  const scale = Math.min(1, Math.max(legible, (screen.width - 2 * margin) / drawing.width))
  const overflows = drawing.width * scale > screen.width - 2 * margin
  return { scale, x: overflows ? margin : (screen.width - drawing.width * scale) / 2, y: margin }
}

const legible = 0.6

/** Where a drawing is first seen: at its beginning, or at the chosen box where that can't be seen there. */
export function firstView(drawing: Size, screen: Size, chosen: Box | undefined): Viewport {
  return withInSight(readable(drawing, screen), chosen, screen)
}

/** The viewport, moved only where it does not show all of the box. */
export function withInSight(viewport: Viewport, box: Box | undefined, screen: Size): Viewport {
  return !box || isSeen(viewport, box, screen) ? viewport : centreOn(viewport, box, screen)
}

/** The part of a drawing that the screen shows, in the drawing's own px. */
export function sightOf({ x, y, scale }: Viewport, { width, height }: Size): Box {
  return { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale }
}

/** Zooms by a factor, while the point under the pointer stays where it is. */
export function zoomAt(viewport: Viewport, factor: number, { x, y }: Point): Viewport {
  const scale = clampScale(viewport.scale * factor)
  const grown = scale / viewport.scale
  return { scale, x: x - (x - viewport.x) * grown, y: y - (y - viewport.y) * grown }
}

export function moveBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy }
}

/** Brings a box into the middle, large enough to be read. */
function centreOn(viewport: Viewport, box: Box, screen: Size): Viewport {
  const scale = Math.max(viewport.scale, 0.75)
  const top = box.height * scale > screen.height ? margin : (screen.height - box.height * scale) / 2
  return {
    scale,
    x: screen.width / 2 - (box.x + box.width / 2) * scale,
    y: top - box.y * scale,
  }
}

/** Tells whether all of a box can be seen. */
function isSeen({ x, y, scale }: Viewport, box: Box, screen: Size): boolean {
  const left = box.x * scale + x
  const top = box.y * scale + y
  return (
    left >= 0 &&
    top >= 0 &&
    left + box.width * scale <= screen.width &&
    top + box.height * scale <= screen.height
  )
}
