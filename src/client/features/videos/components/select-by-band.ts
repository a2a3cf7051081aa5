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
import { followPointer, mouseSlop, scrollNearEdge } from './page-drag.ts'

export interface BandHost {
  /** Where the rows of all chapters stand, in order. */
  readLists: () => readonly RowList[]
  /** Called with the band's place in the window, and with `null` when it ends. */
  onChange: (band: Box | null) => void
}

/** Where a mouse or a pen is pressed, and may stretch a rubber band from. */
interface Press {
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

/**
 * Selects the rows that a rubber band touches, which a mouse or a pen stretches from a blank part
 * of the page. A finger scrolls.
 * @returns a function that ends it
 */
export function selectByBand(host: BandHost): () => void {
  const listening = new AbortController()
  let end = () => {}
  document.addEventListener(
    'pointerdown',
    (event) => {
      end()
      const press = readPress(event)
      if (press) end = followPress(press, host)
    },
    { signal: listening.signal },
  )
  return () => {
    end()
    listening.abort()
  }
}

function readPress(event: PointerEvent): Press | null {
  const { target, pointerId, clientX: x, clientY: y, shiftKey, ctrlKey, metaKey } = event
  if (event.button !== 0 || !event.isPrimary || event.pointerType === 'touch') return null
  if (event.defaultPrevented || !(target instanceof Element) || !isBlank(target)) return null
  if (isOnScrollbar(event)) return null
  return {
    pointerId,
    x,
    y,
    corner: { x: event.pageX, y: event.pageY },
    isAdding: shiftKey || ctrlKey || metaKey,
    focused: document.activeElement,
  }
}

/** What has a use of its own for a press. */
const pressable = [
  'a, button, input, textarea, select, label, form, summary',
  '[data-video-id], [role], [tabindex]:not(main)',
].join()

/** Whether nothing in the page's content, or beside it, is pressed. A text may be selected. */
function isBlank(target: Element): boolean {
  const content = document.querySelector('main')
  if (!content) return false
  if (!content.contains(target)) return target.contains(content)
  return !target.closest(pressable) && ![...target.childNodes].some(isText)
}

const isText = (node: Node) => node instanceof Text && node.data.trim() !== ''

function isOnScrollbar({ clientX, clientY }: PointerEvent): boolean {
  const { clientWidth, clientHeight } = document.documentElement
  return clientX >= clientWidth || clientY >= clientHeight
}

/** @returns a function that gives the press up */
function followPress(press: Press, host: BandHost): () => void {
  let hasMoved = false
  let band: ReturnType<typeof startBand> | null = null

  const { listen, giveUp } = followPointer(press.pointerId, {
    isDragging: () => band !== null,
    onMove(x, y) {
      hasMoved = true
      if (!band && Math.hypot(x - press.x, y - press.y) > mouseSlop) band = startBand(press, host)
      band?.moveTo(x, y)
    },
    onEnd(isKept) {
      band?.finish(isKept)
      band = null
    },
  })
  // A press that stays does to a selected text what it always does.
  listen('selectstart', (event) => hasMoved && event.preventDefault())
  return giveUp
}

function startBand(press: Press, host: BandHost) {
  const { ids, anchorId, replace } = useSelection.getState()
  const before = { ids, anchorId }
  let touched: readonly string[] | null = null
  let drawn: Point | null = null
  let { x, y } = press
  let frame = requestAnimationFrame(step)
  document.documentElement.toggleAttribute('data-banding', true)
  getSelection()?.removeAllRanges()

  function step() {
    frame = requestAnimationFrame(step)
    scrollNearEdge(y)
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

  function giveUp() {
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
      else giveUp()
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
