import { useCallback } from 'react'
import type { Video } from '#contract/videos.ts'
import type { VideoDispatch } from '#machines/chapter.machine.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { findOwner, sendTogether, useAuthoring } from './authoring-context.tsx'
import { forwardToOtherTab } from './other-tabs.store.ts'
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

/** Sends a video what was done in its row. A name that was typed there can be undone. */
export function dispatchFromRow(authoring: Authoring, video: Video, event: VideoEvent) {
  dispatchToVideo(authoring, video, event)
  if (event.type === 'video.rename') {
    recordRenames(authoring, [{ video, filename: event.filename }])
  }
}

/**
 * Sends an event to the actor of a video, which stays with the chapter that first acted on it. A
 * server row gets its actor by that.
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
 * Does something to many videos at once, of any chapters: all show it in the next frame, and the
 * chapters' subscribers are notified once.
 */
export function dispatchToVideos(authoring: Authoring, dispatches: readonly VideoDispatch[]) {
  const [only, ...others] = dispatches
  if (only && others.length === 0) return dispatchToVideo(authoring, only.video, only.event)
  const byChapter = new Map<string, VideoDispatch[]>()
  for (const dispatch of dispatches) {
    const { chapterId, dispatches: addressed } = resolveDispatch(authoring, dispatch)
    if (addressed.length === 0) continue
    const own = byChapter.get(chapterId) ?? []
    own.push(...addressed)
    byChapter.set(chapterId, own)
  }
  sendTogether(() => {
    for (const [chapterId, own] of byChapter) {
      const event = { type: 'videos.dispatch' as const, dispatches: own }
      authoring.send({ type: 'chapter.dispatch', chapterId, event })
    }
  })
}

/**
 * The chapter that knows a video, and what to send it: nothing if this tab leaves it to the one that
 * has the video.
 */
function resolveDispatch(authoring: Authoring, dispatch: VideoDispatch) {
  const { video, event } = dispatch
  const owner = findOwner(authoring, video.id)
  const chapterId = owner?.id ?? video.chapterId
  if (!owner && forwardToOtherTab(dispatch)) return { chapterId, dispatches: [] }
  const wasRemoved = owner?.getSnapshot().context.videos[video.id]?.status === 'removed'
  // It was removed here and brought back elsewhere: that is wanted by whoever acts on it.
  const needsRestore = wasRemoved && event.type !== 'video.restore'
  const restored: VideoDispatch = { video, event: { type: 'video.restore' } }
  return { chapterId, dispatches: needsRestore ? [restored, dispatch] : [dispatch] }
}
