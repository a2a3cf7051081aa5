import type { Box, Point } from '../layout/layout.ts'
import { boxAround } from './places.ts'

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

// The smallest words of a chart are 11 px high, and then still more than 9.
const legible = 0.85

/** Where a drawing is first seen: at its beginning, or at the chosen box where that can't be seen there. */
export function firstView(drawing: Size, screen: Size, chosen: Box | undefined): Viewport {
  return withInSight(readable(drawing, screen), chosen, roomOn(screen))
}

/** How much of the screen, from its top left corner on, neither the buttons at its right nor a card at its foot hide. */
export function roomOn({ width, height }: Size, cardHeight = 0): Size {
  return { width: width - buttonsWidth, height: Math.max(0, height - cardHeight) }
}

const buttonsWidth = 60

/** The viewport, moved only where not all of the box is seen in the room: as little as will do, or to what is far away. */
export function withInSight(viewport: Viewport, box: Box | undefined, room: Size): Viewport {
  if (!box || isSeen(viewport, box, room)) return viewport
  const moved = moveBy(viewport, ...wayInto(viewport, box, room))
  const isFar =
    Math.abs(moved.x - viewport.x) > room.width / 2 ||
    Math.abs(moved.y - viewport.y) > room.height / 2
  return isFar ? centreOn(viewport, box, room) : moved
}

/** The viewport, moved only where none of the boxes is seen: to all of them, or to the first where they are too far apart. */
export function withAnyInSight(viewport: Viewport, boxes: Box[], room: Size): Viewport {
  const isAnySeen = boxes.some((box) => isSeen(viewport, box, room))
  if (boxes.length === 0 || isAnySeen) return viewport
  const moved = withInSight(viewport, boxAround(boxes), room)
  return boxes.every((box) => isSeen(moved, box, room))
    ? moved
    : withInSight(viewport, boxes[0], room)
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

/** How far the drawing must be moved for a box to be seen in the room, or the beginning of one that is too large. */
function wayInto({ scale, x, y }: Viewport, box: Box, room: Size): [number, number] {
  const way = (begin: number, size: number, space: number) =>
    Math.max(margin, Math.min(begin, space - margin - size)) - begin
  return [
    way(box.x * scale + x, box.width * scale, room.width),
    way(box.y * scale + y, box.height * scale, room.height),
  ]
}

/** Brings a box into the middle, large enough to be read; of one that is too large, its beginning. */
function centreOn(viewport: Viewport, { x, y, width, height }: Box, room: Size): Viewport {
  const scale = Math.max(viewport.scale, legible)
  const begin = (size: number, space: number) => Math.max(margin, (space - size * scale) / 2)
  return {
    scale,
    x: begin(width, room.width) - x * scale,
    y: begin(height, room.height) - y * scale,
  }
}

/** Tells whether all of a box can be seen. */
function isSeen({ x, y, scale }: Viewport, box: Box, room: Size): boolean {
  const left = box.x * scale + x
  const top = box.y * scale + y
  return (
    left >= 0 &&
    top >= 0 &&
    left + box.width * scale <= room.width &&
    top + box.height * scale <= room.height
  )
}
