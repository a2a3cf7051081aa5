import { createEdgeScroll, type Scroller } from '../page-drag.ts'
import { type Box, createBoxBetween, type Point, shiftBox } from './box.ts'

export interface BandHost {
  /** Whether no element under the press handles it itself. */
  isBlank: (target: Element) => boolean
  /** Where the content starts in the window, given how far it is scrolled. */
  readOrigin: () => Point
  /** What the band scrolls near its edges; the page by default. */
  readScroller?: () => Scroller | undefined
  /** Finds what a box touches, in display order. The box is relative to the content. */
  findTouched: (box: Box) => readonly string[]
  /** Called when a band starts. */
  begin: (press: BandPress) => BandSelection
  /** Called with the band's position in the window, and with `null` when it ends. */
  onChange: (band: Box | null) => void
}

/** A press of a mouse or a pen that may start a rubber band. */
export interface BandPress {
  pointerId: number
  /** Relative to the window. */
  x: number
  y: number
  /** Relative to the content. */
  corner: Point
  isAdding: boolean
  /** What had focus before the press. */
  focused: Element | null
}

export interface BandSelection {
  /** Selects what the band touches, in the order in which it was reached. */
  select: (touched: readonly string[]) => void
  /** Called when the band is released, with what it touched last. */
  release: (last: string | undefined) => void
  /** Restores the selection from before the band. */
  cancel: () => void
}

/** Stretches a rubber band from the position of the press, and selects what it touches. */
export function startBand(press: BandPress, host: BandHost) {
  const selection = host.begin(press)
  let touched: readonly string[] | null = null
  let drawn: Point | null = null
  let { x, y } = press
  const scrollNearEdge = createEdgeScroll(host.readScroller?.())
  let frame = requestAnimationFrame(step)
  document.documentElement.toggleAttribute('data-banding', true)
  getSelection()?.removeAllRanges()

  function step(now: number) {
    frame = requestAnimationFrame(step)
    scrollNearEdge(y, now)
    draw()
  }

  /** Reads the layout: runs once a frame, and only if the pointer or the content has moved. */
  function draw() {
    const origin = host.readOrigin()
    const to = { x: x - origin.x, y: y - origin.y }
    if (drawn && to.x === drawn.x && to.y === drawn.y) return
    drawn = to
    const band = createBoxBetween(press.corner, to)
    const inOrder = host.findTouched(band)
    select(to.y < press.corner.y ? inOrder.toReversed() : inOrder)
    host.onChange(shiftBox(band, origin))
  }

  function select(reached: readonly string[]) {
    if (touched && isSame(touched, reached)) return
    touched = reached
    selection.select(touched)
  }

  return {
    moveTo(toX: number, toY: number) {
      x = toX
      y = toY
    },
    finish(isKept: boolean) {
      cancelAnimationFrame(frame)
      document.documentElement.toggleAttribute('data-banding', false)
      if (isKept) {
        draw()
        selection.release(touched?.at(-1))
      } else selection.cancel()
      host.onChange(null)
    },
  }
}

const isSame = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((id, index) => id === right[index])
