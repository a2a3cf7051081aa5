import { create } from 'zustand'
import { nextLogicalTime } from '#client/lib/logical-time.ts'
import type { Video } from '#contract/videos.ts'
import type { VideoDispatch } from '#machines/chapter.machine.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import { isOnlyInOtherTab, type ShownVideo } from './fold-videos.ts'

/** A video as reported by another tab of this browser. */
interface OtherTabVideo extends PendingVideo {
  tabId: string
}

/** What another tab reports of its videos. */
export interface TabReport {
  tabId: string
  videos: readonly PendingVideo[]
  /** The ids of reported videos that the tab no longer has, since their chapter was removed. */
  goneIds: readonly string[]
}

interface OtherTabs {
  videos: ReadonlyMap<string, OtherTabVideo>
  /** Stores a report of another tab. Its logical times mean nothing here. */
  receive: (report: TabReport) => void
  /** Drops the videos of closed tabs. */
  forget: (tabIds: ReadonlySet<string>) => void
  /** Sends an event to a video of another tab. */
  forward: (tabId: string, dispatch: VideoDispatch) => void
}

/** The videos that the other tabs of this browser are working on. */
export const useOtherTabs = create<OtherTabs>()((set) => ({
  videos: new Map(),
  receive: ({ tabId, videos: reported, goneIds }) =>
    set(({ videos }) => {
      const next = new Map(videos)
      for (const video of reported) next.set(video.id, { ...asShownElsewhere(video), tabId })
      for (const id of goneIds) if (next.get(id)?.tabId === tabId) next.delete(id)
      return { videos: next }
    }),
  forget: (tabIds) =>
    set(({ videos }) => {
      const remaining = [...videos].filter(([, { tabId }]) => !tabIds.has(tabId))
      return remaining.length === videos.size ? {} : { videos: new Map(remaining) }
    }),
  forward: () => {},
}))

/** Only its own tab shows an open editor, and a name or a move that waits for a decision. */
const asShownElsewhere = (video: PendingVideo): PendingVideo => ({
  ...video,
  isEditing: false,
  placeProblem: null,
  filenameStatus: video.filenameStatus === 'pending' ? 'pending' : 'saved',
  confirmedAt: nextLogicalTime(),
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
  // A hidden tab may report late that the server has the video.
  const isThere = video.version > 0 || !isOnlyInOtherTab(reported)
  if (isThere && !isUndo) return false
  if (event.type !== 'video.edit') forward(reported.tabId, { video, event })
  return true
}

/**
 * The server's version of a row. The row may show a name and a place that another tab has not saved
 * yet, which this tab must not take for confirmed.
 */
export function toConfirmed(video: Video | ShownVideo): Video {
  const reported = useOtherTabs.getState().videos.get(video.id)
  if (!reported || !('savedFilename' in video)) return video
  const { chapterId, position } = reported.isMoving ? reported.confirmed : video
  return { ...video, filename: video.savedFilename, chapterId, position }
}
