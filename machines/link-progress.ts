import type { LinkStatus, VideoReport, VideoStatus } from './video.context.ts'

interface LinkProgress {
  /** The ids of the videos that count. */
  counted: readonly string[]
  /** By id; a chapter may know others, too. */
  videos: Readonly<Record<string, VideoReport>>
}

/** How many videos of a chapter's link progress have each status; `total` is their sum. */
export type LinkCounts = Record<'pending' | 'linked' | 'failed' | 'total', number>

/**
 * Counts a chapter's link progress for its status line; removed videos don't count.
 * @returns the number of counted videos of each status, and their sum
 */
export function countLinks({ counted, videos }: LinkProgress): LinkCounts {
  const counts: LinkCounts = { pending: 0, linked: 0, failed: 0, total: 0 }
  for (const id of counted) {
    const status = videos[id]?.status
    if (!isShown(status)) continue
    counts[isLinkSettled(status) ? status : 'pending'] += 1
    counts.total += 1
  }
  return counts
}

/**
 * Whether a link is under way. Asked after each report, so it looks at the last link first: answers
 * come in the order of the links, mostly.
 */
export const hasUnsettled = ({ counted, videos }: LinkProgress): boolean =>
  counted.findLast((id) => {
    const status = videos[id]?.status
    return isShown(status) && !isLinkSettled(status)
  }) !== undefined

/** Counts the new names that could not be saved, or need a choice. */
export const countUnsavedNames = (videos: readonly VideoReport[]): number =>
  videos.filter(
    ({ status, filenameStatus }) =>
      isShown(status) && (filenameStatus === 'conflict' || filenameStatus === 'unsaved'),
  ).length

/** A link that is under way or has failed. */
export const isUnlinked = ({ status }: VideoReport) => isShown(status) && status !== 'linked'

const isShown = (status: VideoStatus | undefined): status is LinkStatus =>
  status !== undefined && status !== 'removing' && status !== 'removed'

const isLinkSettled = (status: LinkStatus) => status === 'linked' || status === 'failed'
