import type { Range } from '@tanstack/react-virtual'
import type { Video } from '#contract/videos.ts'
import type { ChapterContext } from '#machines/chapter.machine.ts'
import type { VideoInput } from '#machines/video.context.ts'

/**
 * The rows in the window after scrolling to the picks: all of them, or as many as fit from the
 * first.
 */
export function rangeAfterScroll(videos: Video[], added: VideoInput[]) {
  const first = videos.findIndex(({ id }) => id === added[0]?.id)
  const startIndex = Math.max(0, Math.min(first, first + added.length - countRowsInWindow()))
  return { startIndex, endIndex: startIndex + countRowsInWindow() }
}

/** The rows that are shown, and so few others that the first frame with picks is quick. */
export function limitToFirstFrame(
  range: Range,
  { startIndex, endIndex }: Pick<Range, 'startIndex' | 'endIndex'>,
  added: VideoInput[],
): Range {
  if (added.length === 0) return range
  const few = added.length > maxPicksInFirstFrame ? 0 : added.length
  const last = Math.min(Math.max(endIndex, startIndex + few), range.count - 1)
  return { ...range, startIndex, endIndex: last, overscan: 1 }
}

/** Adds the rows that must not go: edited ones, the focused one, and picks that are scrolled to. */
export function withUsedRows(
  indexes: number[],
  videos: Video[],
  pending: ChapterContext['videos'],
  added: VideoInput[],
): number[] {
  const focused = document.activeElement?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const edited = Object.values(pending).filter(({ isEditing }) => isEditing)
  const scrolledTo = added.slice(0, added.length > maxPicksInFirstFrame ? 1 : undefined)
  const ids = new Set([focused, ...[...edited, ...scrolledTo].map(({ id }) => id)])
  const used = videos.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  return [...new Set([...indexes, ...used])].sort((one, other) => one - other)
}

/** Up to so many picks are all mounted in their first frame; of more, only those in the window. */
const maxPicksInFirstFrame = 20

const countRowsInWindow = () => Math.ceil(window.innerHeight / estimateHeight())

const phone = matchMedia('(width < 40rem)')

/** The height of a settled row whose name fits, in px. */
export const estimateHeight = () => (phone.matches ? 53 : 57)
