import { isProblemKind } from '#contract/problem.ts'
import { isRemovedElsewhere } from '#machines/video.context.ts'
import type { ShownVideo } from './fold-videos.ts'

/**
 * The failed videos for which a retry can help. It can't while another row of the chapter shows the
 * same asset, or if the id belongs to a different video. Those that someone else has removed stay
 * removed.
 * @param videos all rows of one chapter
 */
export function listRetryable(videos: readonly ShownVideo[]): ShownVideo[] {
  const duplicateRows = findDuplicateRows(videos)
  return videos.filter(
    (video) => video.status === 'failed' && canRetry(video, duplicateRows.has(video.mediaId)),
  )
}

/**
 * Whether a retry can help a video that has failed. Someone who wants one back that was removed
 * elsewhere restores it instead.
 * @param hasDuplicateRow whether another row of the chapter shows the same asset
 */
export function canRetry({ problem }: ShownVideo, hasDuplicateRow: boolean): boolean {
  if (!problem) return true
  if (isProblemKind(problem, 'asset-already-linked')) return !hasDuplicateRow
  return !isProblemKind(problem, 'id-reused') && !isRemovedElsewhere({ problem })
}

/** For each asset with a failed row, the id of another row that shows it. */
export function findDuplicateRows(videos: readonly ShownVideo[]): ReadonlyMap<string, string> {
  const isFailed = ({ status }: ShownVideo) => status === 'failed'
  const failed = new Set(videos.filter(isFailed).map(({ mediaId }) => mediaId))
  const others = videos.filter((video) => failed.has(video.mediaId) && !isFailed(video))
  return new Map(others.map(({ mediaId, id }) => [mediaId, id]))
}
