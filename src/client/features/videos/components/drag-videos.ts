import type { ShownVideo } from '../fold-videos.ts'
import type { MoveTarget } from '../move-videos.ts'
import { type DropTarget, findDropTarget } from './drop-target.ts'
import { followPointer, mouseSlop, scrollNearEdge } from './page-drag.ts'

/** Videos on their way under the pointer. */
export interface Drag {
  videos: readonly ShownVideo[]
  x: number
  y: number
  target: DropTarget | null
}

export interface DragHost {
  /** What goes with a row: the selection that it is in, or the row alone. */
  readDragged: (videoId: string) => readonly ShownVideo[]
  readRows: (chapterId: string) => readonly ShownVideo[]
  onChange: (drag: Drag | null) => void
  /** The drag rests on a chapter's heading. */
  onRest: (chapterId: string) => void
  /** Called with `null` if the drag was given up. */
  onEnd: (videos: readonly ShownVideo[], place: MoveTarget | null) => void
}

/** A row that is pressed, and may be dragged. */
interface Press {
  row: HTMLElement
  videoId: string
  pointerId: number
  isTouch: boolean
  x: number
  y: number
}

/** How far a finger goes before it scrolls, in px. */
const touchSlop = 10

/** How long a finger presses a row before it drags it, in ms. */
const longPress = 400

/** How long a drag rests on a chapter's heading before the chapter opens, in ms. */
const restTime = 700

/**
 * Lets the rows in a container be dragged by mouse, pen or finger. It listens to the container, so
 * that rows pay nothing.
 * @returns a function that ends it
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
  // A row that is pressed beside its editor leaves the caret there.
  container.addEventListener('mousedown', (event) => holdsCaret(event) && event.preventDefault(), {
    signal,
  })
  // Pictures would be dragged as files.
  container.addEventListener('dragstart', (event) => event.preventDefault(), { signal })
  // Browsers ask those who listened before the finger came whether it scrolls.
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

function readPress(event: PointerEvent): Press | null {
  const target = event.target instanceof Element ? event.target : null
  const row = target?.closest<HTMLElement>('[data-video-id]')
  const control = target?.closest('button:not(.play-button), a, input, textarea, select')
  const videoId = row?.dataset.videoId
  if (!row || !videoId || event.button !== 0 || !event.isPrimary) return null
  if (control && row.contains(control)) return null
  const { pointerId, pointerType, clientX: x, clientY: y } = event
  return { row, videoId, pointerId, isTouch: pointerType === 'touch', x, y }
}

/** @returns a function that gives the press up */
function followPress(container: HTMLElement, press: Press, host: DragHost): () => void {
  let moving: ReturnType<typeof startDrag> | null = null
  const timer = press.isTouch ? setTimeout(start, longPress) : undefined

  function start() {
    clearTimeout(timer)
    moving = startDrag(container, press, host)
  }

  const { listen, giveUp } = followPointer(press.pointerId, {
    isDragging: () => moving !== null,
    onMove(x, y) {
      const distance = Math.hypot(x - press.x, y - press.y)
      if (!moving && press.isTouch && distance > touchSlop) giveUp()
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
  return giveUp
}

function startDrag(container: HTMLElement, press: Press, host: DragHost) {
  const videos = host.readDragged(press.videoId)
  const ids = new Set(videos.map(({ id }) => id))
  const rows = [...container.querySelectorAll<HTMLElement>('[data-video-id]')]
  const dragged = rows.filter(({ dataset }) => ids.has(dataset.videoId ?? ''))
  for (const row of dragged) row.toggleAttribute('data-dragged', true)
  document.documentElement.toggleAttribute('data-dragging', true)
  // A row that has the focus stays mounted while the page scrolls; so does one with an editor.
  if (!press.row.contains(document.activeElement)) press.row.focus({ preventScroll: true })

  let drag: Drag = { videos, x: press.x, y: press.y, target: null }
  let restingOn: { chapterId: string; since: number } | null = null
  let frame = requestAnimationFrame(step)
  update()

  function update() {
    drag = { ...drag, target: findDropTarget(container, drag, host.readRows) }
    host.onChange(drag)
  }

  function step(now: number) {
    frame = requestAnimationFrame(step)
    if (scrollNearEdge(drag.y)) update()
    rest(now)
  }

  function rest(now: number) {
    const { target } = drag
    const chapterId = target?.isHeading ? target.place.chapterId : undefined
    if (!chapterId) restingOn = null
    else if (restingOn?.chapterId !== chapterId) restingOn = { chapterId, since: now }
    else if (now - restingOn.since > restTime) {
      restingOn.since = Number.POSITIVE_INFINITY
      host.onRest(chapterId)
    }
  }

  return {
    moveTo(x: number, y: number) {
      drag = { ...drag, x, y }
      update()
    },
    finish(isDrop: boolean) {
      cancelAnimationFrame(frame)
      for (const row of dragged) row.toggleAttribute('data-dragged', false)
      document.documentElement.toggleAttribute('data-dragging', false)
      host.onChange(null)
      host.onEnd(videos, (isDrop && drag.target?.place) || null)
    },
  }
}
