import { focusRow } from '../change-selected.ts'
import {
  type Box,
  findTouched,
  type Point,
  type RowList,
  selectTouched,
  spanBox,
} from '../rubber-band.ts'
import { useSelection } from '../selection.store.ts'
import { createEdgeScroll } from './page-drag.ts'

export interface BandHost {
  /** Where the rows of all chapters stand, in order. */
  readLists: () => readonly RowList[]
  /** Called with the band's place in the window, and with `null` when it ends. */
  onChange: (band: Box | null) => void
}

/** A press of a mouse or a pen that may start a rubber band. */
export interface BandPress {
  pointerId: number
  /** In the window. */
  x: number
  y: number
  /** On the page. */
  corner: Point
  isAdding: boolean
  /** What had the focus before the press. */
  focused: Element | null
}

/** Stretches a rubber band from where it was pressed, and selects what it touches. */
export function startBand(press: BandPress, host: BandHost) {
  const { ids, anchorId, replace } = useSelection.getState()
  const before = { ids, anchorId }
  let touched: readonly string[] | null = null
  let drawn: Point | null = null
  let { x, y } = press
  const scrollNearEdge = createEdgeScroll()
  let frame = requestAnimationFrame(step)
  document.documentElement.toggleAttribute('data-banding', true)
  getSelection()?.removeAllRanges()

  function step(now: number) {
    frame = requestAnimationFrame(step)
    scrollNearEdge(y, now)
    draw()
  }

  /** Reads the layout, so it runs once a frame, and only if the pointer or the page has moved. */
  function draw() {
    const to = { x: x + window.scrollX, y: y + window.scrollY }
    if (drawn && to.x === drawn.x && to.y === drawn.y) return
    drawn = to
    const band = spanBox(press.corner, to)
    const inOrder = findTouched(band, host.readLists())
    select(to.y < press.corner.y ? inOrder.reverse() : inOrder)
    host.onChange(placeInWindow(band))
  }

  function select(reached: readonly string[]) {
    if (touched && isSame(touched, reached)) return
    touched = reached
    replace(selectTouched(before, touched, press.isAdding))
  }

  function cancel() {
    replace(before)
    // The press has taken the focus from the row, and with it the keys of the selection.
    const { focused } = press
    if (focused instanceof HTMLElement && focused.matches('[data-video-id]')) {
      focused.focus({ preventScroll: true })
    }
  }

  /** The row under the pointer has the focus, as after a click. */
  function keep() {
    draw()
    const last = touched?.at(-1)
    if (last !== undefined) focusRow(last, { preventScroll: true })
  }

  return {
    moveTo(toX: number, toY: number) {
      x = toX
      y = toY
    },
    finish(isKept: boolean) {
      cancelAnimationFrame(frame)
      document.documentElement.toggleAttribute('data-banding', false)
      if (isKept) keep()
      else cancel()
      host.onChange(null)
    },
  }
}

const isSame = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((id, index) => id === other[index])

const placeInWindow = ({ left, top, right, bottom }: Box): Box => ({
  left: left - window.scrollX,
  top: top - window.scrollY,
  right: right - window.scrollX,
  bottom: bottom - window.scrollY,
})
