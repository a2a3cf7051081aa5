import type { QueryClient } from '@tanstack/react-query'
import { emptyHistory } from '#machines/history.ts'
import { readNameDrafts, resumeNameDrafts } from '#ui/name-draft.ts'
import { useNewChapters } from '../../features/chapters/new-chapters.store.ts'
import { usePicker } from '../../features/media/picker.store.ts'
import { keepClosed, listClosedVideos } from '../../features/videos/closed-chapters.ts'
import { type KeptVideo, listKeptVideos, resumeVideos } from '../../features/videos/kept-videos.ts'
import { readRenameDraft, resumeRenameDraft } from '../../features/videos/renaming/rename-draft.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { readKeptCreations, resumeAttempt } from '../../lib/creation-id.ts'
import {
  type OutboxChange,
  type OutboxRecord,
  type OutboxStore,
  readOutbox,
  writeOutbox,
} from '../../lib/outbox-database.ts'
import { findGoneTabs, holdTabLock, oneTabAtATime, tabId } from '../../lib/tab-lock.ts'
import { noGoneNotice, useGoneNotice } from '../change-notice.store.ts'
import { readKeptChanges, resumeChanges } from './kept-changes.ts'
import { useOutbox } from './outbox.store.ts'
import { type KeptTab, type Resumable, readRecords, recordVersion } from './outbox-records.ts'

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
    const kept = [...listClosedVideos(authoring), ...listKeptVideos(authoring)]
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
    await oneTabAtATime('outbox', async () => {
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

function resumePage(authoring: Authoring, queryClient: QueryClient, { videos, tab }: Resumable) {
  if (tab.history.count > 0) {
    // A dismissed notice stays dismissed, if nothing has been done on this page yet.
    if (authoring.getSnapshot().context.history.count === 0) useGoneNotice.setState(tab.goneNotice)
    authoring.send({ type: 'history.resume', history: tab.history })
  }
  const isClosed = ({ closedWith }: KeptVideo) => closedWith !== undefined
  keepClosed(authoring, videos.filter(isClosed))
  const names = resumeVideos(
    authoring,
    videos.filter((video) => !isClosed(video)),
  )
  useNewChapters.setState(({ slots }) => ({ slots: [...tab.newChapters, ...slots] }))
  const titles = resumeNameDrafts(tab.names)
  resumeCreations(tab)
  // After the titles: a chapter that is still being created belongs to the field with its title.
  resumeChanges(queryClient, tab.changes, authoring)
  const lists = tab.renames.flatMap((rename) =>
    resumeRenameDraft(authoring, rename) ? [] : rename.values.names.split('\n'),
  )
  const unrestored = [...tab.texts, ...names, ...titles, ...lists.filter((name) => name !== '')]
  useOutbox.setState(({ texts }) => ({ texts: [...texts, ...unrestored] }))
  const picked = Object.entries(tab.picks).map(([chapterId, picks]) => {
    const selectedKeys = new Set(picks.map(({ mediaId }) => mediaId))
    return [chapterId, { picks, selectedKeys }] as const
  })
  usePicker.setState(({ chapters }) => {
    const own = Object.entries(chapters).filter(([, { picks }]) => picks.length > 0)
    return { chapters: { ...chapters, ...Object.fromEntries([...picked, ...own]) } }
  })
}

/** Another text in a field, typed on this page, is not a correction of what was sent from it. */
function resumeCreations({ creations, names }: Resumable['tab']) {
  const shown = new Map(readNameDrafts().map(({ key, text }) => [key, text]))
  const restored = names.filter(({ key, text }) => shown.get(key) === text).map(({ key }) => key)
  for (const creation of creations) {
    if (restored.includes(creation.field)) resumeAttempt(creation)
  }
}

type TabContent = Omit<KeptTab, 'savedAt'>

const emptyTab: TabContent = {
  history: emptyHistory,
  picks: {},
  changes: { courses: [], chapters: [] },
  newChapters: [],
  names: [],
  creations: [],
  renames: [],
  goneNotice: noGoneNotice,
  texts: [],
}

const readTab = (authoring: Authoring, queryClient: QueryClient): TabContent => ({
  history: authoring.getSnapshot().context.history,
  picks: Object.fromEntries(
    Object.entries(usePicker.getState().chapters).flatMap(([chapterId, { picks }]) =>
      picks.length > 0 ? [[chapterId, [...picks]]] : [],
    ),
  ),
  changes: readKeptChanges(queryClient),
  newChapters: useNewChapters.getState().slots,
  names: readNameDrafts(),
  creations: readKeptCreations(),
  renames: [readRenameDraft(authoring)].filter((rename) => rename !== null),
  goneNotice: useGoneNotice.getState(),
  texts: useOutbox.getState().texts,
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

const isSameTab = (left: TabContent, right: TabContent) =>
  (left.history === right.history || left.history.count + right.history.count === 0) &&
  isSameJson({ ...left, history: null }, { ...right, history: null })

const isSameJson = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right)

function noteKept() {
  if (!useOutbox.getState().isKept) useOutbox.setState({ isKept: true })
}

/** Without a store, work is kept only for as long as the page is open. */
function noteNotKept() {
  if (useOutbox.getState().isKept) useOutbox.setState({ isKept: false })
}
