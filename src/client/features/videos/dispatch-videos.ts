import { useCallback } from 'react'
import type { Video } from '#contract/videos.ts'
import type { VideoDispatch } from '#machines/chapter.machine.ts'
import { findVideo } from '#machines/pending-videos.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { groupBy } from '#shared/groups.ts'
import { findOwner, sendTogether, useAuthoring } from './authoring-context.tsx'
import { forwardToOtherTab, toConfirmed } from './other-tabs.store.ts'
import { recordRenames } from './record-changes.ts'
import type { Authoring } from './videos.actors.ts'

/** Sends an event to a video, as `dispatchFromRow` does. */
export function useVideoDispatch() {
  const authoring = useAuthoring()
  return useCallback(
    (video: Video, event: VideoEvent) => dispatchFromRow(authoring, video, event),
    [authoring],
  )
}

/** Sends an event from a video's row to the video. A rename is recorded for undo. */
export function dispatchFromRow(authoring: Authoring, video: Video, event: VideoEvent) {
  dispatchToVideo(authoring, video, event)
  if (event.type === 'video.rename') {
    recordRenames(authoring, [{ video, filename: event.filename }])
  }
}

/**
 * Sends an event to the actor of a video, through the chapter that owns it. The first event for a
 * server row starts its actor.
 */
export function dispatchToVideo(authoring: Authoring, video: Video, event: VideoEvent) {
  const { chapterId, dispatches } = resolveDispatch(authoring, { video, event })
  for (const dispatch of dispatches) {
    authoring.send({
      type: 'chapter.dispatch',
      chapterId,
      event: { type: 'video.dispatch', ...dispatch },
    })
  }
}

/**
 * Sends events to many videos at once, of any chapters: all rows show the effect in the next frame,
 * and the chapters' subscribers are notified once.
 */
export function dispatchToVideos(authoring: Authoring, dispatches: readonly VideoDispatch[]) {
  const [only, ...others] = dispatches
  if (only && others.length === 0) return dispatchToVideo(authoring, only.video, only.event)
  const resolved = dispatches.map((dispatch) => resolveDispatch(authoring, dispatch))
  const own = resolved.filter((part) => part.dispatches.length > 0)
  const byChapter = groupBy(own, ({ chapterId }) => chapterId)
  sendTogether(() => {
    for (const [chapterId, group] of byChapter) {
      const batch = group.flatMap((part) => part.dispatches)
      const event = { type: 'videos.dispatch' as const, dispatches: batch }
      authoring.send({ type: 'chapter.dispatch', chapterId, event })
    }
  })
}

/**
 * Finds the chapter that owns a video, and what to send to it: nothing if the event is left to the
 * tab that has the video.
 */
function resolveDispatch(authoring: Authoring, { video: shown, event }: VideoDispatch) {
  const owner = findOwner(authoring, shown.id)
  const video = owner ? shown : toConfirmed(shown)
  const dispatch = { video, event }
  const chapterId = owner?.id ?? video.chapterId
  if (!owner && forwardToOtherTab(dispatch)) return { chapterId, dispatches: [] }
  const known = owner && findVideo(owner.getSnapshot().context.videos, video.id)
  const wasRemoved = known?.status === 'removed'
  // It was removed here and restored elsewhere. Whoever acts on it wants it restored here, too.
  const needsRestore = wasRemoved && event.type !== 'video.restore'
  const restored: VideoDispatch = { video, event: { type: 'video.restore' } }
  return { chapterId, dispatches: needsRestore ? [restored, dispatch] : [dispatch] }
}
