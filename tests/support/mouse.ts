import { cdp } from 'vitest/browser'

export interface Point {
  x: number
  y: number
}

/** The browser's real mouse, which a test can stop at any point of a drag. */
export const mouse = {
  press: (at: Point, modifiers = 0) => sendMouse('mousePressed', at, modifiers),
  moveTo: (to: Point) => sendMouse('mouseMoved', to),
  release: (at: Point) => sendMouse('mouseReleased', at),
}

type MouseEventType = 'mousePressed' | 'mouseMoved' | 'mouseReleased'

/** The Shift key, as a modifier of `press` and `drag`. */
export const shift = 8

/** Sends a mouse event. The page is in a frame, which is scaled down if the window is too small. */
function sendMouse(type: MouseEventType, { x, y }: Point, modifiers = 0) {
  const frame = window.frameElement?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth)
  const scale = frame.width / innerWidth
  return cdp().send('Input.dispatchMouseEvent', {
    type,
    x: frame.left + x * scale,
    y: frame.top + y * scale,
    button: 'left',
    buttons: type === 'mouseReleased' ? 0 : 1,
    clickCount: 1,
    modifiers,
  })
}

export async function drag(from: Point, to: Point, modifiers = 0) {
  await mouse.press(from, modifiers)
  await mouse.moveTo({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 })
  await mouse.moveTo(to)
  await mouse.release(to)
}
