import { followPointer, mouseSlop } from '#client/lib/page-drag.ts'
import { type DragHost, type RowPress, startDrag } from './row-drag.ts'

/** How far a finger moves before it scrolls, in px. */
const touchSlop = 10

/** How long a finger has to press a row to drag it, in ms. */
const longPress = 400

/**
 * Makes the rows in a container draggable by mouse, pen or finger. The listeners are on the
 * container, so that rows cost nothing.
 * @returns a function that stops it
 */
export function dragVideos(container: HTMLElement, host: DragHost): () => void {
  const listening = new AbortController()
  const { signal } = listening
  let end = () => {}

  container.addEventListener(
    'pointerdown',
    (event) => {
      end()
      const press = readPress(event)
      if (press) end = followPress(container, press, host)
    },
    { signal },
  )
  // Pressing a row next to its open editor leaves the caret in the editor.
  container.addEventListener('mousedown', (event) => holdsCaret(event) && event.preventDefault(), {
    signal,
  })
  // Otherwise the browser would drag thumbnails as files.
  container.addEventListener('dragstart', (event) => event.preventDefault(), { signal })
  // A touch can only be kept from scrolling if there was a listener before it began.
  container.addEventListener('touchmove', () => {}, { signal, passive: false })
  return () => {
    end()
    listening.abort()
  }
}

function holdsCaret({ target }: MouseEvent): boolean {
  const row = target instanceof Element ? target.closest('[data-video-id]') : null
  const editor = document.activeElement
  return editor instanceof HTMLInputElement && editor !== target && row?.contains(editor) === true
}

function readPress(event: PointerEvent): RowPress | null {
  const target = event.target instanceof Element ? event.target : null
  const row = target?.closest<HTMLElement>('[data-video-id]')
  const control = target?.closest('button:not(.play-button), a, input, textarea, select')
  const videoId = row?.dataset.videoId
  if (!row || !videoId || event.button !== 0 || !event.isPrimary) return null
  if (control && row.contains(control)) return null
  const { pointerId, pointerType, clientX: x, clientY: y } = event
  return { row, videoId, pointerId, isTouch: pointerType === 'touch', x, y }
}

/** @returns a function that cancels the press */
function followPress(container: HTMLElement, press: RowPress, host: DragHost): () => void {
  let moving: ReturnType<typeof startDrag> | null = null
  const timer = press.isTouch ? setTimeout(start, longPress) : undefined

  function start() {
    clearTimeout(timer)
    moving = startDrag(container, press, host)
  }

  const { listen, cancel } = followPointer(press.pointerId, {
    isDragging: () => moving !== null,
    onMove(x, y) {
      const distance = Math.hypot(x - press.x, y - press.y)
      if (!moving && press.isTouch && distance > touchSlop) cancel()
      else if (!moving && !press.isTouch && distance > mouseSlop) start()
      moving?.moveTo(x, y)
    },
    onEnd(isDrop) {
      clearTimeout(timer)
      moving?.finish(isDrop)
      moving = null
    },
  })
  listen('touchmove', (event) => moving && event.preventDefault(), { passive: false })
  listen('contextmenu', (event) => press.isTouch && event.preventDefault())
  return cancel
}
