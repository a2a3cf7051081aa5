import { createEdgeScroll } from '#client/lib/page-drag.ts'
import type { ShownVideo } from '../fold-videos.ts'
import type { MoveTarget } from '../move-videos.ts'
import { type DropTarget, findDropTarget } from './drop-target.ts'

/** A drag of videos in progress. */
export interface Drag {
  videos: readonly ShownVideo[]
  x: number
  y: number
  target: DropTarget | null
}

export interface DragHost {
  /** The videos dragged with a row: the selection that it is in, or the row alone. */
  readDragged: (videoId: string) => readonly ShownVideo[]
  readRows: (chapterId: string) => readonly ShownVideo[]
  onChange: (drag: Drag | null) => void
  /** Called when the drag rests on a chapter's heading, to expand the chapter. */
  onSpringOpen: (chapterId: string) => void
  /** Called with `null` if the drag was cancelled. */
  onEnd: (videos: readonly ShownVideo[], place: MoveTarget | null) => void
}

/** A press on a row, which may become a drag. */
export interface RowPress {
  row: HTMLElement
  videoId: string
  pointerId: number
  isTouch: boolean
  x: number
  y: number
}

/** How long a drag rests on a chapter's heading before the chapter expands, in ms. */
const springOpenDelay = 700

/** Starts dragging the pressed row, with all rows that are selected with it. */
export function startDrag(container: HTMLElement, press: RowPress, host: DragHost) {
  const videos = host.readDragged(press.videoId)
  const ids = new Set(videos.map(({ id }) => id))
  document.documentElement.toggleAttribute('data-dragging', true)
  // The focused row stays mounted while the page scrolls, as does one with an open editor.
  if (!press.row.contains(document.activeElement)) press.row.focus({ preventScroll: true })

  let drag: Drag = { videos, x: press.x, y: press.y, target: null }
  let restingOn: { chapterId: string; since: number } | null = null
  const scrollNearEdge = createEdgeScroll()
  let frame = requestAnimationFrame(step)
  markDragged()
  // More rows are mounted as the page scrolls.
  const mounting = new MutationObserver(markDragged)
  mounting.observe(container, { childList: true, subtree: true })
  update()

  function update() {
    drag = { ...drag, target: findDropTarget(container, drag, host.readRows) }
    host.onChange(drag)
  }

  function step(now: number) {
    frame = requestAnimationFrame(step)
    if (scrollNearEdge(drag.y, now)) update()
    checkResting(now)
  }

  function markDragged() {
    for (const row of container.querySelectorAll<HTMLElement>('[data-video-id]')) {
      if (ids.has(row.dataset.videoId ?? '')) row.toggleAttribute('data-dragged', true)
    }
  }

  function checkResting(now: number) {
    const { target } = drag
    const chapterId = target?.isHeading ? target.place.chapterId : undefined
    if (!chapterId) restingOn = null
    else if (restingOn?.chapterId !== chapterId) restingOn = { chapterId, since: now }
    else if (now - restingOn.since > springOpenDelay) {
      restingOn.since = Number.POSITIVE_INFINITY
      host.onSpringOpen(chapterId)
    }
  }

  return {
    moveTo(x: number, y: number) {
      drag = { ...drag, x, y }
      update()
    },
    finish(isDrop: boolean) {
      cancelAnimationFrame(frame)
      mounting.disconnect()
      for (const row of container.querySelectorAll('[data-dragged]')) {
        row.toggleAttribute('data-dragged', false)
      }
      document.documentElement.toggleAttribute('data-dragging', false)
      host.onChange(null)
      host.onEnd(videos, (isDrop && drag.target?.place) || null)
    },
  }
}
