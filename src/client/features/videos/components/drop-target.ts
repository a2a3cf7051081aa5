import { findDropPlace } from '../drop-place.ts'
import type { ShownVideo } from '../fold-videos.ts'
import type { MoveTarget } from '../move-videos.ts'

/** Where dragged videos would go, and where to indicate that. */
export interface DropTarget {
  place: MoveTarget
  /** Over a heading they go to the end of its chapter, otherwise between two rows. */
  isHeading: boolean
  /** The heading, or the line between two rows, relative to the viewport. */
  box: { left: number; top: number; width: number; height: number }
}

interface Point {
  x: number
  y: number
}

/**
 * Finds the target under a dragging pointer: a row, or anything with a `data-drop-chapter`, such as
 * a chapter's section. To the left or right of the chapters, the pointer counts as over them.
 */
export function findDropTarget(
  container: HTMLElement,
  { x, y }: Point,
  readRows: (chapterId: string) => readonly ShownVideo[],
): DropTarget | null {
  const { left, right } = container.getBoundingClientRect()
  const inside = Math.max(left + margin, Math.min(x, right - margin))
  const hit = hitChapter({ x, y }) ?? hitChapter({ x: inside, y })
  const chapterId = hit?.chapter.dataset.dropChapter
  if (!hit || !chapterId) return null
  const row = hit.element.closest<HTMLElement>('[data-video-id]') ?? findRowBelow(hit)
  if (row) return readRowTarget(row, y, chapterId, readRows(chapterId))
  const heading = hit.chapter.querySelector(':scope > header') ?? hit.chapter
  return { place: { chapterId }, isHeading: true, box: readBox(heading) }
}

/** Enough to stay clear of the rounded corners of the chapters, in px. */
const margin = 16

function hitChapter({ x, y }: Point) {
  const element = document.elementFromPoint(x, y)
  const chapter = element?.closest<HTMLElement>('[data-drop-chapter]')
  return element && chapter ? { element, chapter } : null
}

/**
 * A status line sticks above the rows while they scroll, so it counts as the row just below it.
 */
function findRowBelow({ element }: { element: Element }): HTMLElement | null {
  const line = element.closest('.status-line')?.getBoundingClientRect()
  if (!line) return null
  const below = document.elementFromPoint(line.left + margin, line.bottom + 2)
  return below?.closest<HTMLElement>('[data-video-id]') ?? null
}

function readRowTarget(
  row: HTMLElement,
  y: number,
  chapterId: string,
  rows: readonly ShownVideo[],
): DropTarget {
  const { left, top, width, height } = row.getBoundingClientRect()
  const half = y < top + height / 2 ? 'upper' : 'lower'
  const place = findDropPlace(chapterId, rows, row.dataset.videoId ?? '', half)
  const line = half === 'upper' ? top : top + height
  return { place, isHeading: false, box: { left, top: line - 1, width, height: 2 } }
}

function readBox(element: Element): DropTarget['box'] {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { left, top, width, height }
}
