import type { Box, Point } from '../layout/chart-layout.ts'
import { computeBounds } from './find-boxes.ts'

/** The visible part of a drawing, which is scaled, then moved by screen px. */
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
const minScale = 0.08
const maxScale = 2.5
/** The smallest text of a chart is 11 px high; at this scale, it is more than 9. */
const minLegibleScale = 0.85
/** The width of the zoom buttons at the right edge. */
const buttonsWidth = 60

const clampScale = (scale: number) => Math.min(maxScale, Math.max(minScale, scale))

/** Fits a whole drawing to the screen, centered and never enlarged. */
export function fitToScreen(drawing: Size, screen: Size): Viewport {
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

/** Creates a drawing's first viewport: at a legible scale, at its start or at the selected box. */
export function createViewport(drawing: Size, screen: Size, selected: Box | undefined): Viewport {
  return revealBox(fitLegibly(drawing, screen), selected, computeUncovered(screen))
}

/** Fits a drawing to the screen, or shows its start if its text would be too small. */
function fitLegibly(drawing: Size, screen: Size): Viewport {
  const whole = fitToScreen(drawing, screen)
  if (whole.scale >= minLegibleScale) return whole
  const scale = Math.min(1, Math.max(minLegibleScale, (screen.width - 2 * margin) / drawing.width))
  const overflows = drawing.width * scale > screen.width - 2 * margin
  return { scale, x: overflows ? margin : (screen.width - drawing.width * scale) / 2, y: margin }
}

/** Computes the size of the screen without the buttons at its right and the card at its bottom. */
export function computeUncovered({ width, height }: Size, cardHeight = 0): Size {
  return { width: width - buttonsWidth, height: Math.max(0, height - cardHeight) }
}

/** Pans to a box that is not fully visible, as little as possible; centers one that is far away. */
export function revealBox(viewport: Viewport, box: Box | undefined, screen: Size): Viewport {
  if (!box || isVisible(viewport, box, screen)) return viewport
  const moved = panBy(viewport, ...computeOffset(viewport, box, screen))
  const isFar =
    Math.abs(moved.x - viewport.x) > screen.width / 2 ||
    Math.abs(moved.y - viewport.y) > screen.height / 2
  return isFar ? centerOn(viewport, box, screen) : moved
}

/** Pans if no box is visible: to all of them, or to the first one if they are too far apart. */
export function revealAny(viewport: Viewport, boxes: Box[], screen: Size): Viewport {
  const isAnyVisible = boxes.some((box) => isVisible(viewport, box, screen))
  if (boxes.length === 0 || isAnyVisible) return viewport
  const moved = revealBox(viewport, computeBounds(boxes), screen)
  return boxes.every((box) => isVisible(moved, box, screen))
    ? moved
    : revealBox(viewport, boxes[0], screen)
}

/** Converts a viewport to the visible area, in px of the drawing. */
export function toVisibleArea({ x, y, scale }: Viewport, { width, height }: Size): Box {
  return { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale }
}

/** Zooms by a factor around a fixed point of the screen. */
export function zoomAt(viewport: Viewport, factor: number, { x, y }: Point): Viewport {
  const scale = clampScale(viewport.scale * factor)
  const growth = scale / viewport.scale
  return { scale, x: x - (x - viewport.x) * growth, y: y - (y - viewport.y) * growth }
}

/** Moves the drawing by an offset, in px of the screen. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy }
}

/** Computes the offset that makes a box visible, or the start of one that is too large. */
function computeOffset({ scale, x, y }: Viewport, box: Box, screen: Size): [number, number] {
  const offset = (start: number, size: number, space: number) =>
    Math.max(margin, Math.min(start, space - margin - size)) - start
  return [
    offset(box.x * scale + x, box.width * scale, screen.width),
    offset(box.y * scale + y, box.height * scale, screen.height),
  ]
}

/** Centers a box at a legible scale, or shows the start of one that is too large. */
function centerOn(viewport: Viewport, { x, y, width, height }: Box, screen: Size): Viewport {
  const scale = Math.max(viewport.scale, minLegibleScale)
  const start = (size: number, space: number) => Math.max(margin, (space - size * scale) / 2)
  return {
    scale,
    x: start(width, screen.width) - x * scale,
    y: start(height, screen.height) - y * scale,
  }
}

/** Whether all of a box is visible. */
function isVisible({ x, y, scale }: Viewport, box: Box, screen: Size): boolean {
  const left = box.x * scale + x
  const top = box.y * scale + y
  return (
    left >= 0 &&
    top >= 0 &&
    left + box.width * scale <= screen.width &&
    top + box.height * scale <= screen.height
  )
}
