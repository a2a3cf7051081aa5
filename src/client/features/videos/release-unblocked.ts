import { getDepartingChapterId, type PendingVideo } from '#machines/pending-videos.ts'
import { readPendingVideos } from './authoring-context.tsx'
import { useOtherTabs } from './other-tabs.store.ts'
import type { Authoring } from './videos.actors.ts'

/** Lists the videos that this tab or another one is removing from their chapter or moving away. */
export const listLeaving = (authoring: Authoring): PendingVideo[] =>
  [...readPendingVideos(authoring), ...useOtherTabs.getState().videos.values()].filter(
    (video) => getDepartingChapterId(video) !== null,
  )

/** Links what waits for a video that no open tab is removing or moving any more. */
export function releaseUnblocked(authoring: Authoring): void {
  const blockers = readPendingVideos(authoring).flatMap(({ blockedBy, mediaId }) =>
    blockedBy === null || blockedBy === mediaId ? [] : [blockedBy],
  )
  const leaving = new Set(listLeaving(authoring).map(({ id }) => id))
  for (const id of new Set(blockers)) {
    if (!leaving.has(id)) authoring.send({ type: 'blocker.cleared', id })
  }
}
