import { create } from 'zustand'
import { logicalTime } from '#client/lib/logical-time.ts'
import type { PendingVideo, VideoDispatch } from '#machines/chapter.machine.ts'
import { isOnlyInOtherTab } from './fold-videos.ts'

/** What another tab of this browser knows of a video. */
interface OtherTabVideo extends PendingVideo {
  tabId: string
}

interface OtherTabs {
  videos: ReadonlyMap<string, OtherTabVideo>
  /** Another tab has reported videos; its times mean nothing here. */
  hear: (tabId: string, videos: readonly PendingVideo[]) => void
  /** Tabs are gone. */
  forget: (tabIds: ReadonlySet<string>) => void
  /** Sends an event to a video of another tab. */
  forward: (tabId: string, dispatch: VideoDispatch) => void
}

/** What the other tabs of this browser are at work on. */
export const useOtherTabs = create<OtherTabs>()((set) => ({
  videos: new Map(),
  hear: (tabId, news) =>
    set(({ videos }) => {
      const next = new Map(videos)
      for (const video of news) next.set(video.id, { ...asShownElsewhere(video), tabId })
      return { videos: next }
    }),
  forget: (tabIds) =>
    set(({ videos }) => {
      const left = [...videos].filter(([, { tabId }]) => !tabIds.has(tabId))
      return left.length === videos.size ? {} : { videos: new Map(left) }
    }),
  forward: () => {},
}))

/** A name that waits for a decision is shown by its own tab alone. */
const asShownElsewhere = (video: PendingVideo): PendingVideo => ({
  ...video,
  filenameStatus: video.filenameStatus === 'pending' ? 'pending' : 'saved',
  confirmedAt: logicalTime(),
})

/**
 * Leaves an event to the tab that has the video, where there is one.
 * @returns whether it did. An editor opens in that tab only: what is typed belongs to one.
 */
export function forwardToOtherTab({ video, event }: VideoDispatch): boolean {
  const { videos, forward } = useOtherTabs.getState()
  const known = videos.get(video.id)
  if (!known) return false
  const isUndo = event.type === 'video.restore' && known.confirmed.status !== 'linked'
  if (!isOnlyInOtherTab(known) && !isUndo) return false
  if (event.type !== 'video.edit') forward(known.tabId, { video, event })
  return true
}
