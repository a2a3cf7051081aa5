import { followPointer, mouseSlop } from './page-drag.ts'
import { type BandHost, type BandPress, startBand } from './stretch-band.ts'

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

function readPress(event: PointerEvent): BandPress | null {
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
