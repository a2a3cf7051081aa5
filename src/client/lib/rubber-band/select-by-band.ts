import { followPointer, mouseSlop } from '../page-drag.ts'
import { type BandHost, type BandPress, startBand } from './stretch-band.ts'

/**
 * Selects what a rubber band touches. A mouse or a pen stretches the band from a blank part of the
 * page; a finger scrolls.
 * @returns a function that removes the listeners
 */
export function selectByBand(host: BandHost): () => void {
  const controller = new AbortController()
  let end = () => {}
  document.addEventListener(
    'pointerdown',
    (event) => {
      end()
      const press = readPress(event, host)
      if (press) end = followPress(press, host)
    },
    { signal: controller.signal },
  )
  return () => {
    end()
    controller.abort()
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

/** Elements that handle a press themselves. */
const pressable = [
  'a, button, input, textarea, select, label, form, summary',
  '[data-video-id], [role]:not([role="presentation"]), [tabindex]:not(main)',
].join()

/** Whether a press is on a blank part of the page's content, or beside it. */
export function isBlankPage(target: Element): boolean {
  const content = document.querySelector('main')
  if (!content) return false
  if (!content.contains(target)) return target.contains(content)
  return isBlankWithin(target, null)
}

/**
 * Whether a press is on a blank part of a container, such as a list between its rows. Text is not
 * blank, as the press may select it.
 */
export const isBlankWithin = (target: Element, container: Element | null): boolean =>
  target.closest(pressable) === container && ![...target.childNodes].some(isText)

const isText = (node: Node) => node instanceof Text && node.data.trim() !== ''

/** Whether a press is on the scrollbar of its target, or of the page. */
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

/** The client size of an inline element is 0. */
const isPast = (size: number, offset: number) => size > 0 && offset >= size

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
  // A press that does not move affects selected text as usual.
  listen('selectstart', (event) => hasMoved && event.preventDefault())
  return cancel
}
