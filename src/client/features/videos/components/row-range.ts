import type { Range } from '@tanstack/react-virtual'
import type { Video } from '#contract/videos.ts'
import type { PendingVideos } from '#machines/pending-videos.ts'
import type { VideoInput } from '#machines/video.context.ts'

/**
 * The rows in the viewport after scrolling to the picks: all picks, or as many as fit from the
 * first.
 */
export function rangeAfterScroll(videos: Video[], added: VideoInput[]) {
  const first = videos.findIndex(({ id }) => id === added[0]?.id)
  const startIndex = Math.max(0, Math.min(first, first + added.length - countRowsInWindow()))
  return { startIndex, endIndex: startIndex + countRowsInWindow() }
}

/** Limits a range to the visible rows and a few others, so that picks get a fast first frame. */
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

/** Adds the rows that must stay: edited ones, the focused one, and picks to scroll to. */
export function withUsedRows(
  indexes: number[],
  videos: Video[],
  pending: PendingVideos,
  added: VideoInput[],
): number[] {
  const focused = document.activeElement?.closest<HTMLElement>('[data-video-id]')?.dataset.videoId
  const edited = pending.list.filter(({ isEditing }) => isEditing)
  const scrolledTo = added.slice(0, added.length > maxPicksInFirstFrame ? 1 : undefined)
  const ids = new Set([focused, ...[...edited, ...scrolledTo].map(({ id }) => id)])
  const used = videos.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  return [...new Set([...indexes, ...used])].sort((a, b) => a - b)
}

/** Up to this many picks are all mounted in their first frame; of more, only the visible ones. */
const maxPicksInFirstFrame = 20

const countRowsInWindow = () => Math.ceil(window.innerHeight / estimateHeight())

const phone = matchMedia('(width < 40rem)')

/** The height of a settled row whose name fits, in px. */
export const estimateHeight = () => (phone.matches ? 53 : 57)
