import { isMovingKey } from '#shared/moving-keys.ts'

/** The longest time between two presses of a double press, in ms. */
const doublePressTime = 500

/** How long after the first press further ones can be stray, in ms. */
const burstTime = 1_000

/** How far the pointer may move between the presses of a double press, in px. */
const mouseSlop = 8
const touchSlop = 48

interface Press {
  element: Element | null
  x: number
  y: number
  /** When it was first pressed, as `event.timeStamp`. */
  firstPressAt: number
  /** When it was last pressed or released. */
  lastEventAt: number
}

/** Keys that act on whatever has the focus or is open. */
const actingKeys = new Set(['Enter', ' ', 'Escape'])

const pressEvents = [
  'pointerdown',
  'mousedown',
  'touchstart',
  'pointerup',
  'mouseup',
  'touchend',
  'click',
  'dblclick',
]

/**
 * Stops input that was not meant for the element it would reach, before other listeners receive it:
 * - the second half of a double press, if another element has slid under the pointer since the
 *   first;
 * - the repeats of a held key, which would act on or type into whatever takes the focus next;
 * - the keys of an input method, which accept or end a composition.
 * @returns a function that removes the guard
 */
export function guardInput(): () => void {
  const controller = new AbortController()
  const options = { capture: true, passive: false, signal: controller.signal }
  const presses = createPressFilter()
  window.addEventListener('pointerdown', presses.press, options)
  window.addEventListener('pointermove', presses.move, options)
  for (const type of pressEvents) {
    window.addEventListener(type, (event) => presses.isStray(event) && stop(event), options)
  }
  const keys = createKeyFilter()
  window.addEventListener('keydown', (event) => guardKey(event, keys.isStray(event)), options)
  return () => controller.abort()
}

/**
 * Whether a key belongs to an input method. Safari ends a composition before its last key event,
 * which is then recognized only by the key code 229.
 */
const isComposing = ({ isComposing, keyCode }: KeyboardEvent): boolean =>
  isComposing || keyCode === 229

function guardKey(event: KeyboardEvent, isStray: boolean) {
  // The browser passes the key to the input method anyway.
  if (isComposing(event)) event.stopImmediatePropagation()
  else if (isStray) stop(event)
}

function createKeyFilter() {
  /** The focused element at each key's last press, by key code. */
  const targets = new Map<string, EventTarget | null>()

  return {
    /** Whether an event repeats a held key that is not meant for what has the focus now. */
    isStray(event: KeyboardEvent): boolean {
      const { code, key, repeat, target } = event
      // React Aria sends the keys of a search box to its active result, too.
      if (!event.isTrusted) return false
      if (!repeat) targets.set(code, target)
      if (!repeat || isMovingKey(key)) return false
      return targets.get(code) !== target || (actingKeys.has(key) && !takesText(event))
    },
  }
}

/** A held space bar types spaces, and a held Enter types line breaks. */
const takesText = ({ target, key }: KeyboardEvent) =>
  target instanceof HTMLTextAreaElement || (key === ' ' && target instanceof HTMLInputElement)

function stop(event: Event) {
  event.stopImmediatePropagation()
  if (event.cancelable) event.preventDefault()
}

function createPressFilter() {
  let last: Press | null = null
  let isStray = false

  return {
    press(event: PointerEvent) {
      const press = readPress(event)
      isStray = last !== null && isSecondHalf(last, press, event.pointerType)
      // A third press is compared with the first one, too.
      last = isStray && last ? { ...last, lastEventAt: press.lastEventAt } : press
    },
    /** A press after the pointer has moved is meant for the element that it reaches. */
    move(event: PointerEvent) {
      if (last && getDistance(last, event) > mouseSlop) last = null
    },
    /**
     * Whether an event belongs to a stray press. Clicks by the keyboard or a script have no press.
     */
    isStray(event: Event): boolean {
      if (event.type !== 'click') return isStray
      if (event instanceof MouseEvent && event.detail === 0) return false
      if (last) last.lastEventAt = event.timeStamp
      return isStray
    },
  }
}

function readPress({ target, clientX, clientY, timeStamp }: PointerEvent): Press {
  const pressed = target instanceof Element ? target : null
  return {
    element: pressed?.closest(pressable) ?? pressed,
    x: clientX,
    y: clientY,
    firstPressAt: timeStamp,
    lastEventAt: timeStamp,
  }
}

const pressable = 'a, button, input, label, select, summary, textarea, [role], [tabindex]'

/** Whether a press follows another so closely that it can't mean the new element under it. */
function isSecondHalf(first: Press, second: Press, pointerType: string): boolean {
  if (second.element === first.element) return false
  if (second.lastEventAt - first.lastEventAt > doublePressTime) return false
  if (second.lastEventAt - first.firstPressAt > burstTime) return false
  const distance = getDistance(first, { clientX: second.x, clientY: second.y })
  if (distance <= mouseSlop) return true
  return pointerType === 'touch' && distance <= touchSlop && covers(second.element, first)
}

const getDistance = ({ x, y }: Press, { clientX, clientY }: { clientX: number; clientY: number }) =>
  Math.hypot(clientX - x, clientY - y)

function covers(element: Element | null, { x, y }: Press): boolean {
  const box = element?.getBoundingClientRect()
  return box !== undefined && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom
}
