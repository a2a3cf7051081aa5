import type { QueryClient } from '@tanstack/react-query'
import { listClosedVideos } from '../../features/videos/closed-chapters.ts'
import type { KeptVideo } from '../../features/videos/kept-video-schema.ts'
import { listKeptVideos } from '../../features/videos/kept-videos.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import {
  type OutboxChange,
  type OutboxRecord,
  type OutboxStore,
  readOutbox,
  writeOutbox,
} from '../../lib/outbox-database.ts'
import { findGoneTabs, holdTabLock, runExclusively, tabId } from '../../lib/tab-lock.ts'
import { useOutbox } from './outbox.store.ts'
import { type Resumable, readRecords, recordVersion } from './outbox-records.ts'
import { resumePage } from './resume-page.ts'
import {
  emptyTab,
  isSameJson,
  isSameTab,
  readKeptHistory,
  readTab,
  type TabContent,
} from './tab-content.ts'

/** Stores the work that outlives the page, and resumes that of pages that are gone. */
export function createOutboxKeeper(authoring: Authoring, queryClient: QueryClient) {
  // What is stored for this tab; null if that is unknown.
  let videos = new Map<string, KeptVideo | null>()
  let tab: TabContent | null = emptyTab
  // Records of tabs that are gone, to be deleted with the next save.
  let outdated = noRecords
  let writing = Promise.resolve()

  /** Stores what has changed since the last save. */
  function save(): Promise<void> {
    const history = readKeptHistory(authoring)
    const kept = [...listClosedVideos(authoring, history), ...listKeptVideos(authoring, history)]
    const next = new Map(kept.map((video) => [video.id, video]))
    const changed = [...next.values()].filter((video) => !isSame(video, videos.get(video.id)))
    const settled = [...videos.keys()].filter((id) => !next.has(id)).map((id) => ({ tabId, id }))
    const nextTab = readTab(authoring, queryClient)
    const tabChange = describeTabChange(tab, nextTab)
    const changes: OutboxChange[] = [
      { store: 'videos', put: changed.map(toRecord), remove: [...outdated.videos, ...settled] },
      { store: 'tabs', ...tabChange, remove: [...outdated.tabs, ...tabChange.remove] },
    ]
    if (changes.every(({ put, remove }) => put.length + remove.length === 0)) return writing
    const before = { videos, outdated }
    videos = next
    tab = nextTab
    outdated = noRecords
    // Starts at once, even during another write: the page may be gone by the time that ends. The
    // database keeps them in order.
    const written = writeOutbox(changes)
    written.then(noteKept, () => noteFailure(before))
    writing = Promise.allSettled([writing, written]).then(() => {})
    return writing
  }

  /** How much of it was stored is unknown, so the next save writes all of it again. */
  function noteFailure(before: { videos: ReadonlyMap<string, unknown>; outdated: Outdated }) {
    videos = new Map([...before.videos.keys(), ...videos.keys()].map((id) => [id, null]))
    tab = null
    outdated = {
      videos: [...before.outdated.videos, ...outdated.videos],
      tabs: [...before.outdated.tabs, ...outdated.tabs],
    }
    noteNotKept()
  }

  async function resumeRecords(prepare: (resumable: Resumable) => Resumable): Promise<void> {
    await runExclusively('outbox', async () => {
      const records = await readGoneRecords()
      const resumable = prepare(readRecords(records, Date.now()))
      useOutbox.setState({ unreadable: resumable.unreadable })
      resumePage(authoring, queryClient, resumable)
      const isRead = (record: OutboxRecord) => !resumable.unreadable.includes(record)
      outdated = {
        videos: [...outdated.videos, ...records.videos.filter(isRead)],
        tabs: [...outdated.tabs, ...records.tabs.filter(isRead)],
      }
      await save()
    }).catch(noteNotKept)
  }

  return {
    save,

    /** Resumes the work of tabs that are gone when the page starts. */
    async resume(): Promise<void> {
      void holdTabLock()
      await resumeRecords((resumable) => resumable)
    },

    /** Resumes the work of a tab that closes while this one is open, without moving the focus. */
    takeOver: () => resumeRecords(withoutFocus),
  }
}

type Outdated = Record<OutboxStore, readonly OutboxRecord[]>

const noRecords: Outdated = { videos: [], tabs: [] }

async function readGoneRecords(): Promise<Outdated> {
  const { videos, tabs } = await readOutbox()
  const gone = await findGoneTabs([...videos, ...tabs].map((record) => record.tabId))
  const isGone = (record: OutboxRecord) => gone.has(record.tabId)
  return { videos: videos.filter(isGone), tabs: tabs.filter(isGone) }
}

const withoutFocus = ({ videos, ...rest }: Resumable): Resumable => ({
  ...rest,
  videos: videos.map((video) => ({
    ...video,
    draft: video.draft && { ...video.draft, hasFocus: false },
  })),
})

/** A tab in which nothing was done leaves no record. */
function describeTabChange(
  before: TabContent | null,
  tab: TabContent,
): Pick<OutboxChange, 'put' | 'remove'> {
  if (before && isSameTab(tab, before)) return { put: [], remove: [] }
  const key = { tabId, id: 'tab' }
  const isEmpty = isSameTab(tab, emptyTab)
  if (isEmpty) return { put: [], remove: [key] }
  return { put: [toRecord({ id: key.id, savedAt: Date.now(), ...tab })], remove: [] }
}

const toRecord = <Content extends { id: string }>(content: Content) => ({
  ...content,
  tabId,
  version: recordVersion,
})

const isSame = (video: KeptVideo, stored: KeptVideo | null | undefined) =>
  video.context === stored?.context &&
  video.chapterId === stored.chapterId &&
  video.closedWith === stored.closedWith &&
  isSameJson(video.draft, stored.draft)

function noteKept() {
  if (!useOutbox.getState().isKept) useOutbox.setState({ isKept: true })
}

/** Without a store, work is kept only for as long as the page is open. */
function noteNotKept() {
  if (useOutbox.getState().isKept) useOutbox.setState({ isKept: false })
}
