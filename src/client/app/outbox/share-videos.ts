import type { PendingVideo, VideoDispatch } from '#machines/chapter.machine.ts'
import { throttle } from '#shared/throttle.ts'
import { readChapterActors } from '../../features/videos/authoring-context.tsx'
import { dispatchToVideo } from '../../features/videos/dispatch-videos.ts'
import { isSettled } from '../../features/videos/fold-videos.ts'
import { useOtherTabs } from '../../features/videos/other-tabs.store.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { findGoneTabs, tabId } from '../../lib/tab-lock.ts'
import { watchChapters } from '../watch-chapters.ts'

/** What tabs tell each other of their videos. */
type TabMessage =
  | { kind: 'opened' }
  | { kind: 'videos'; from: string; videos: PendingVideo[] }
  | { kind: 'dispatch'; to: string; dispatch: VideoDispatch }

/** Tabs of builds that tell each other something else have another channel. */
const channelName = 'lectern.videos.1'

/** How long a report may take to be told, in ms: a frame that paints new rows has enough to do. */
const delay = 50

/**
 * Shows in each tab of a browser what the others are at work on. What is done to a video that the
 * server does not have yet is done by its own tab. A tab without others tells nobody.
 * @returns a function that stops it
 */
export function shareVideos(authoring: Authoring): () => void {
  const channel = new BroadcastChannel(channelName)
  const post = (message: TabMessage) => channel.postMessage(message)
  let readNews = createReader(authoring)
  let hasOthers = false

  function tell() {
    const videos = hasOthers ? readNews() : []
    if (videos.length > 0) post({ kind: 'videos', from: tabId, videos })
  }
  const tellSoon = throttle(tell, delay)

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    switch (data.kind) {
      case 'opened':
        tell()
        hasOthers = true
        // It has been told nothing: all that is pending is news.
        readNews = createReader(authoring)
        return post({ kind: 'videos', from: tabId, videos: readNews() })
      case 'videos':
        hasOthers = true
        tellSoon()
        return useOtherTabs.getState().hear(data.from, data.videos)
      case 'dispatch':
        if (data.to !== tabId) return
        dispatchToVideo(authoring, data.dispatch.video, data.dispatch.event)
        return tell()
    }
  }

  useOtherTabs.setState({ forward: (to, dispatch) => post({ kind: 'dispatch', to, dispatch }) })
  const unwatch = watchChapters(authoring, () => {
    if (hasOthers) tellSoon()
  })
  post({ kind: 'opened' })
  return () => {
    unwatch()
    tellSoon.cancel()
    channel.close()
  }
}

/** Forgets tabs that are gone, once this or another one goes on with what they have left. */
export async function forgetGoneTabs(): Promise<void> {
  const { videos, forget } = useOtherTabs.getState()
  forget(await findGoneTabs([...videos.values()].map((video) => video.tabId)))
}

const listVideos = (authoring: Authoring): PendingVideo[] =>
  readChapterActors(authoring).flatMap((chapter) =>
    Object.values(chapter.getSnapshot().context.videos),
  )

/** Reads what is new since the last time: what is pending, and what is settled by now. */
function createReader(authoring: Authoring) {
  const told = new Map<string, PendingVideo>()
  return () => {
    const news = listVideos(authoring).filter((video) => {
      const before = told.get(video.id)
      return video !== before && (before !== undefined || !isSettled(video))
    })
    for (const video of news) {
      if (isSettled(video)) told.delete(video.id)
      else told.set(video.id, video)
    }
    return news
  }
}
