import { findDeparture } from '#machines/pending-videos.ts'
import { readPendingVideos } from './authoring-context.tsx'
import { useOtherTabs } from './other-tabs.store.ts'
import type { Authoring } from './videos.actors.ts'

/** Links what waits for a video that no open tab is removing or moving any more. */
export function releaseUnblocked(authoring: Authoring): void {
  const own = readPendingVideos(authoring)
  const blockers = own.flatMap(({ blockedBy, mediaId }) =>
    blockedBy === null || blockedBy === mediaId ? [] : [blockedBy],
  )
  const videos = [...own, ...useOtherTabs.getState().videos.values()]
  const leaving = new Set(
    videos.filter((video) => findDeparture(video) !== null).map(({ id }) => id),
  )
  for (const id of new Set(blockers)) {
    if (!leaving.has(id)) authoring.send({ type: 'blocker.cleared', id })
  }
}
