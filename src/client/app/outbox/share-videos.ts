import type { PendingVideo, VideoDispatch } from '#machines/chapter.machine.ts'
import { throttle } from '#shared/throttle.ts'
import { readChapterActors } from '../../features/videos/authoring-context.tsx'
import { dispatchToVideo } from '../../features/videos/dispatch-videos.ts'
import { isSettled } from '../../features/videos/fold-videos.ts'
import { useOtherTabs } from '../../features/videos/other-tabs.store.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { findGoneTabs, tabId } from '../../lib/tab-lock.ts'
import { watchChapters } from '../watch-chapters.ts'

/** Messages between tabs about their videos. */
type TabMessage =
  | { kind: 'opened' }
  | { kind: 'videos'; from: string; videos: PendingVideo[] }
  | { kind: 'dispatch'; to: string; dispatch: VideoDispatch }

/** Bump the suffix when the messages change, so that tabs of other builds don't receive them. */
const channelName = 'lectern.videos.1'

/** Throttle for reports, in ms. Keeps them out of the frame that paints new rows. */
const delay = 50

/**
 * Shows in each tab what the other tabs are working on. Actions on a video that the server does not
 * have yet are forwarded to the tab that owns it. A tab without others sends nothing.
 * @returns a function that stops it
 */
export function shareVideos(authoring: Authoring): () => void {
  const channel = new BroadcastChannel(channelName)
  const post = (message: TabMessage) => channel.postMessage(message)
  let readUpdates = createUpdateReader(authoring)
  let hasOthers = false

  function sendUpdates() {
    const videos = hasOthers ? readUpdates() : []
    if (videos.length > 0) post({ kind: 'videos', from: tabId, videos })
  }
  const sendSoon = throttle(sendUpdates, delay)

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    switch (data.kind) {
      case 'opened':
        sendUpdates()
        hasOthers = true
        // The new tab has received nothing yet: send it everything that is pending.
        readUpdates = createUpdateReader(authoring)
        return post({ kind: 'videos', from: tabId, videos: readUpdates() })
      case 'videos':
        hasOthers = true
        sendSoon()
        return useOtherTabs.getState().hear(data.from, data.videos)
      case 'dispatch':
        if (data.to !== tabId) return
        dispatchToVideo(authoring, data.dispatch.video, data.dispatch.event)
        return sendUpdates()
    }
  }

  useOtherTabs.setState({ forward: (to, dispatch) => post({ kind: 'dispatch', to, dispatch }) })
  const unwatch = watchChapters(authoring, () => {
    if (hasOthers) sendSoon()
  })
  post({ kind: 'opened' })
  return () => {
    unwatch()
    sendSoon.cancel()
    channel.close()
  }
}

/** Forgets tabs that are gone, once this or another tab has resumed their work. */
export async function forgetGoneTabs(): Promise<void> {
  const { videos, forget } = useOtherTabs.getState()
  forget(await findGoneTabs([...videos.values()].map((video) => video.tabId)))
}

const listVideos = (authoring: Authoring): PendingVideo[] =>
  readChapterActors(authoring).flatMap((chapter) =>
    Object.values(chapter.getSnapshot().context.videos),
  )

/** Reads what has changed since the last call: pending videos, and those that have settled. */
function createUpdateReader(authoring: Authoring) {
  const sent = new Map<string, PendingVideo>()
  return () => {
    const updates = listVideos(authoring).filter((video) => {
      const before = sent.get(video.id)
      return video !== before && (before !== undefined || !isSettled(video))
    })
    for (const video of updates) {
      if (isSettled(video)) sent.delete(video.id)
      else sent.set(video.id, video)
    }
    return updates
  }
}
