import type { PendingVideo } from '#machines/pending-videos.ts'
import { groupBy } from '#shared/groups.ts'
import { findOwner, readPendingVideos } from './authoring-context.tsx'
import { listClosedVideos } from './closed-chapters.ts'
import { shownChapterId } from './fold-videos.ts'
import type { Authoring } from './videos.actors.ts'

/** A video that the server does not have yet, with its current name and place. */
export interface WaitingRow {
  id: string
  mediaId: string
  chapterId: string
  filename: string
  position: string
}

/** The videos of these assets that the server does not have yet, in any chapter. */
export const readWaitingRows = (
  authoring: Authoring,
  mediaIds: ReadonlySet<string>,
): WaitingRow[] =>
  readPendingVideos(authoring)
    .filter((video) => mediaIds.has(video.mediaId) && isWaiting(video))
    .map(toRow)

/** The ids of the files that videos wait for, also those of removed chapters. */
export const listAwaitedFiles = (authoring: Authoring): string[] => [
  ...new Set(
    [...readPendingVideos(authoring), ...listClosedVideos(authoring).map(({ context }) => context)]
      .filter(({ blockedBy, mediaId }) => blockedBy === mediaId)
      .map(({ mediaId }) => mediaId),
  ),
]

const isWaiting = ({ wanted, confirmed }: PendingVideo) =>
  wanted.isPresent && confirmed.status === 'unlinked'

const toRow = (video: PendingVideo): WaitingRow => ({
  id: video.id,
  mediaId: video.mediaId,
  chapterId: shownChapterId(video),
  filename: video.wanted.filename,
  position: video.wanted.position,
})

/** Restores the rows of an earlier visit; each waits for its file to be uploaded. */
export function restoreWaitingRows(authoring: Authoring, rows: readonly WaitingRow[]) {
  const missing = rows.filter(({ id }) => !findOwner(authoring, id))
  const byChapter = groupBy(missing, ({ chapterId }) => chapterId)
  for (const [chapterId, waiting] of byChapter) {
    const videos = waiting.map((row) => ({
      ...row,
      durationSeconds: 0,
      version: 0,
      revision: 0,
      blockedBy: row.mediaId,
    }))
    authoring.send({ type: 'chapter.dispatch', chapterId, event: { type: 'videos.add', videos } })
  }
}
