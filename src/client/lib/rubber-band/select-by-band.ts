import { followPointer, mouseSlop } from '../page-drag.ts'
import { type BandHost, type BandPress, startBand } from './stretch-band.ts'

/**
 * Selects what a rubber band touches, which a mouse or a pen stretches from a blank part
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
      const press = readPress(event, host)
      if (press) end = followPress(press, host)
    },
    { signal: listening.signal },
  )
  return () => {
    end()
    listening.abort()
  }
}

function readPress(event: PointerEvent, host: BandHost): BandPress | null {
  const { target, pointerId, clientX: x, clientY: y, shiftKey, ctrlKey, metaKey } = event
  if (event.button !== 0 || !event.isPrimary || event.pointerType === 'touch') return null
  if (event.defaultPrevented || !(target instanceof Element) || !host.isBlank(target)) return null
  if (isOnScrollbar(event, target)) return null
  const origin = host.readOrigin()
  return {
    pointerId,
    x,
    y,
    corner: { x: x - origin.x, y: y - origin.y },
    isAdding: shiftKey || ctrlKey || metaKey,
    focused: document.activeElement,
  }
}

/** What has a use of its own for a press. */
const pressable = [
  'a, button, input, textarea, select, label, form, summary',
  '[data-video-id], [role]:not([role="presentation"]), [tabindex]:not(main)',
].join()

/** Whether nothing in the page's content, or beside it, is pressed. */
export function isBlankPage(target: Element): boolean {
  const content = document.querySelector('main')
  if (!content) return false
  if (!content.contains(target)) return target.contains(content)
  return isBlankIn(target, null)
}

/**
 * Whether nothing in a part of the page is pressed, such as a list between its rows. A text may be
 * selected.
 */
export const isBlankIn = (target: Element, container: Element | null): boolean =>
  target.closest(pressable) === container && ![...target.childNodes].some(isText)

const isText = (node: Node) => node instanceof Text && node.data.trim() !== ''

/** The scrollbar of what is pressed, or of the page. */
function isOnScrollbar({ clientX, clientY }: PointerEvent, target: Element): boolean {
  const { left, top } = target.getBoundingClientRect()
  const page = document.documentElement
  return (
    clientX >= page.clientWidth ||
    clientY >= page.clientHeight ||
    (target !== page && isPast(target.clientWidth, clientX - left - target.clientLeft)) ||
    (target !== page && isPast(target.clientHeight, clientY - top - target.clientTop))
  )
}

/** An inline element has no inner size. */
const isPast = (size: number, place: number) => size > 0 && place >= size

/** @returns a function that cancels the press */
function followPress(press: BandPress, host: BandHost): () => void {
  let hasMoved = false
  let band: ReturnType<typeof startBand> | null = null

  const { listen, cancel } = followPointer(press.pointerId, {
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
  return cancel
}
