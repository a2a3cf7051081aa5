import { findVideo, type PendingVideos } from './pending-videos.ts'
import type { LinkStatus, VideoReport, VideoStatus } from './video.context.ts'

interface LinkProgress {
  /** Ids of the videos to count. */
  counted: readonly string[]
  /** May include videos that are not counted. */
  videos: PendingVideos
}

/** The number of counted videos by status; `total` is their sum. */
export type LinkCounts = Record<'pending' | 'linked' | 'failed' | 'total', number>

/** Computes the link progress that a chapter's status line shows. Removed videos don't count. */
export function countLinks({ counted, videos }: LinkProgress): LinkCounts {
  const counts: LinkCounts = { pending: 0, linked: 0, failed: 0, total: 0 }
  for (const id of counted) {
    const status = findVideo(videos, id)?.status
    if (!isShown(status)) continue
    counts[isLinkSettled(status) ? status : 'pending'] += 1
    counts.total += 1
  }
  return counts
}

/**
 * Whether any link is pending. Runs after every report and searches from the end, because responses
 * mostly arrive in the order of the links.
 */
export const hasUnsettled = ({ counted, videos }: LinkProgress): boolean =>
  counted.findLast((id) => {
    const status = findVideo(videos, id)?.status
    return isShown(status) && !isLinkSettled(status)
  }) !== undefined

/** Whether a shown video has a name that could not be saved or conflicts with someone else's. */
export const hasUnsavedName = ({ status, filenameStatus }: VideoReport): boolean =>
  isShown(status) && (filenameStatus === 'conflict' || filenameStatus === 'unsaved')

/** Counts the new names that could not be saved or conflict with someone else's. */
export const countUnsavedNames = (videos: readonly VideoReport[]): number =>
  videos.filter(hasUnsavedName).length

/** Whether the last move of a shown video was refused. */
export const hasRefusedMove = ({ status, placeProblem }: VideoReport): boolean =>
  isShown(status) && placeProblem !== null

/** Whether a video's link is pending or has failed. */
export const isUnlinked = ({ status }: VideoReport) => isShown(status) && status !== 'linked'

const isShown = (status: VideoStatus | undefined): status is LinkStatus =>
  status !== undefined && status !== 'removing' && status !== 'removed'

const isLinkSettled = (status: LinkStatus) => status === 'linked' || status === 'failed'
