import type { VideoDispatch } from '#machines/chapter.machine.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import { throttle } from '#shared/throttle.ts'
import { readPendingVideos } from '../../features/videos/authoring-context.tsx'
import { dispatchToVideo } from '../../features/videos/dispatch-videos.ts'
import { isSettled } from '../../features/videos/fold-videos.ts'
import { type TabReport, useOtherTabs } from '../../features/videos/other-tabs.store.ts'
import { releaseUnblocked } from '../../features/videos/release-unblocked.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { openChannel } from '../../lib/open-channel.ts'
import { findGoneTabs, tabId } from '../../lib/tab-lock.ts'
import { watchChapters } from '../watch-chapters.ts'

/** Messages between tabs about their videos. */
type TabMessage =
  | { kind: 'opened' }
  | { kind: 'report'; report: TabReport }
  | { kind: 'dispatch'; to: string; dispatch: VideoDispatch }

/** Bump the suffix when the messages change, so that tabs of other builds don't receive them. */
const channelName = 'lectern.videos.3'

/** Throttle for reports, in ms. Keeps them out of the frame that paints new rows. */
const delay = 50

/** How long the other tabs have to report what they are removing or moving, in ms. */
const reportTime = 1_000

/**
 * Shows in each tab what the other tabs are working on. Actions on a video that the server does not
 * have yet are forwarded to the tab that owns it. A tab without others sends nothing.
 */
export function shareVideos(authoring: Authoring) {
  const channel = openChannel(channelName)
  const post = (message: TabMessage) => channel.postMessage(message)
  let readUpdates = createUpdateReader(authoring)
  let hasOthers = false
  /** The forwarded events by video, until the tab that got them has reported the video. */
  const forwarded = new Map<string, { to: string; dispatches: VideoDispatch[] }>()

  function sendUpdates() {
    if (!hasOthers) return
    const report = readUpdates()
    if (report.videos.length + report.goneIds.length > 0) post({ kind: 'report', report })
  }
  const sendSoon = throttle(sendUpdates, delay)

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    switch (data.kind) {
      case 'opened':
        sendUpdates()
        hasOthers = true
        // The new tab has received nothing yet: send it everything that is pending.
        readUpdates = createUpdateReader(authoring)
        return post({ kind: 'report', report: readUpdates() })
      case 'report':
        hasOthers = true
        sendSoon()
        for (const { id } of data.report.videos) {
          if (forwarded.get(id)?.to === data.report.tabId) forwarded.delete(id)
        }
        return useOtherTabs.getState().receive(data.report)
      case 'dispatch':
        if (data.to !== tabId) return
        dispatchToVideo(authoring, data.dispatch.video, data.dispatch.event)
        return sendUpdates()
    }
  }

  useOtherTabs.setState({
    forward(to, dispatch) {
      const { id } = dispatch.video
      const earlier = forwarded.get(id)?.dispatches ?? []
      forwarded.set(id, { to, dispatches: [...earlier, dispatch] })
      post({ kind: 'dispatch', to, dispatch })
    },
  })
  // What waits here for a video that another tab is removing or moving, also since before a reload.
  let haveOthersReported = false
  const release = () => {
    if (haveOthersReported) releaseUnblocked(authoring)
  }
  const reporting = setTimeout(() => {
    haveOthersReported = true
    release()
  }, reportTime)
  const stopReleasing = useOtherTabs.subscribe(release)
  const unwatch = watchChapters(authoring, () => {
    if (hasOthers) sendSoon()
  })
  post({ kind: 'opened' })
  return {
    /**
     * Forgets tabs that are gone, once this or another tab has resumed their work, and does here
     * what was forwarded to them too late.
     */
    async forgetGoneTabs(): Promise<void> {
      const { videos, forget } = useOtherTabs.getState()
      const gone = await findGoneTabs([...videos.values()].map((video) => video.tabId))
      forget(gone)
      for (const [id, { to, dispatches }] of forwarded) {
        if (!gone.has(to)) continue
        forwarded.delete(id)
        for (const { video, event } of dispatches) dispatchToVideo(authoring, video, event)
      }
    },
    stop() {
      unwatch()
      clearTimeout(reporting)
      stopReleasing()
      sendSoon.cancel()
      channel.close()
    },
  }
}

/** Reads what has changed since the last call: pending videos, and those that have settled. */
function createUpdateReader(authoring: Authoring) {
  const sent = new Map<string, PendingVideo>()
  return (): TabReport => {
    const current = readPendingVideos(authoring)
    const videos = current.filter((video) => {
      const before = sent.get(video.id)
      return video !== before && (before !== undefined || !isSettled(video))
    })
    for (const video of videos) {
      if (isSettled(video)) sent.delete(video.id)
      else sent.set(video.id, video)
    }
    const currentIds = new Set(current.map(({ id }) => id))
    const goneIds = [...sent.keys()].filter((id) => !currentIds.has(id))
    for (const id of goneIds) sent.delete(id)
    return { tabId, videos, goneIds }
  }
}
