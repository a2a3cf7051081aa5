import { create } from 'zustand'
import { logicalTime } from '#client/lib/logical-time.ts'
import type { PendingVideo, VideoDispatch } from '#machines/chapter.machine.ts'
import { isOnlyInOtherTab } from './fold-videos.ts'

/** A video as reported by another tab of this browser. */
interface OtherTabVideo extends PendingVideo {
  tabId: string
}

interface OtherTabs {
  videos: ReadonlyMap<string, OtherTabVideo>
  /** Stores the videos that another tab has reported. Its logical times mean nothing here. */
  hear: (tabId: string, videos: readonly PendingVideo[]) => void
  /** Drops the videos of closed tabs. */
  forget: (tabIds: ReadonlySet<string>) => void
  /** Sends an event to a video of another tab. */
  forward: (tabId: string, dispatch: VideoDispatch) => void
}

/** The videos that the other tabs of this browser are working on. */
export const useOtherTabs = create<OtherTabs>()((set) => ({
  videos: new Map(),
  hear: (tabId, reports) =>
    set(({ videos }) => {
      const next = new Map(videos)
      for (const video of reports) next.set(video.id, { ...asShownElsewhere(video), tabId })
      return { videos: next }
    }),
  forget: (tabIds) =>
    set(({ videos }) => {
      const remaining = [...videos].filter(([, { tabId }]) => !tabIds.has(tabId))
      return remaining.length === videos.size ? {} : { videos: new Map(remaining) }
    }),
  forward: () => {},
}))

/** Only its own tab shows a name that waits for a decision. */
const asShownElsewhere = (video: PendingVideo): PendingVideo => ({
  ...video,
  filenameStatus: video.filenameStatus === 'pending' ? 'pending' : 'saved',
  confirmedAt: logicalTime(),
})

/**
 * Leaves an event to the tab that has the video, if another one does.
 * @returns whether it did. `video.edit` is not forwarded: an editor opens only in its own tab.
 */
export function forwardToOtherTab({ video, event }: VideoDispatch): boolean {
  const { videos, forward } = useOtherTabs.getState()
  const reported = videos.get(video.id)
  if (!reported) return false
  const isUndo = event.type === 'video.restore' && reported.confirmed.status !== 'linked'
  if (!isOnlyInOtherTab(reported) && !isUndo) return false
  if (event.type !== 'video.edit') forward(reported.tabId, { video, event })
  return true
}
