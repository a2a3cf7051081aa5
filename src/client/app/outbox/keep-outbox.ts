import type { QueryClient } from '@tanstack/react-query'
import { emptyHistory } from '#machines/history.ts'
import { readNameDrafts, resumeNameDrafts } from '#ui/name-draft.ts'
import { useNewChapters } from '../../features/chapters/new-chapters.store.ts'
import { usePicker } from '../../features/media/picker.store.ts'
import { type KeptVideo, listKeptVideos, resumeVideos } from '../../features/videos/kept-videos.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import {
  type OutboxChange,
  type OutboxRecord,
  readOutbox,
  writeOutbox,
} from '../../lib/outbox-database.ts'
import {
  findGoneTabs,
  holdTabLock,
  oneTabAtATime,
  tabId,
  watchOtherTabs,
} from '../../lib/tab-lock.ts'
import { throttle } from '../../lib/throttle.ts'
import { whenIdle } from '../../lib/when-idle.ts'
import { watchChapters } from '../watch-chapters.ts'
import { readKeptChanges, resumeChanges } from './kept-changes.ts'
import { useOutbox } from './outbox.store.ts'
import { type KeptTab, type Resumable, readRecords, recordVersion } from './outbox-records.ts'

/** How long a change may take to be stored, in ms: first it waits, then for an idle moment. */
const delay = 100
const longestBusy = 300

/**
 * Goes on with what earlier pages have left, and stores what this one has in mind as it changes:
 * what is pending or has failed, what is being typed or picked, and what can be undone.
 */
export function keepOutbox(authoring: Authoring, queryClient: QueryClient, target: EventTarget) {
  const keeper = createKeeper(authoring, queryClient)
  let stopWaiting = () => {}
  const saveSoon = throttle(() => {
    stopWaiting()
    stopWaiting = whenIdle(() => void keeper.save(), longestBusy)
  }, delay)
  const ended = new AbortController()

  const resumed = keeper.resume().finally(() => {
    if (ended.signal.aborted) return
    const stops = [
      watchChapters(authoring, saveSoon),
      usePicker.subscribe(saveSoon),
      useNewChapters.subscribe(saveSoon),
      queryClient.getMutationCache().subscribe(saveSoon),
    ]
    const root = authoring.subscribe(saveSoon)
    ended.signal.addEventListener('abort', () => {
      root.unsubscribe()
      for (const stop of stops) stop()
    })
    const { signal } = ended
    watchOtherTabs(() => void keeper.takeOver(), signal)
    for (const type of ['input', 'selectionchange', 'focusin']) {
      document.addEventListener(type, saveSoon, { signal })
    }
    document.addEventListener('visibilitychange', () => void keeper.save(), { signal })
    target.addEventListener('pagehide', () => void keeper.save(), { signal })
    saveSoon()
  })

  return {
    /** Settles once what earlier pages have left is shown, or can't be read. */
    resumed,
    end() {
      ended.abort()
      saveSoon.cancel()
      stopWaiting()
    },
  }
}

function createKeeper(authoring: Authoring, queryClient: QueryClient) {
  let videos = new Map<string, KeptVideo>()
  let tab = emptyTab
  let writing = Promise.resolve()

  /** Stores what has changed since the last time; one write after the other. */
  function save(outdated: Outdated = { videos: [], tabs: [] }): Promise<void> {
    const next = new Map(listKeptVideos(authoring).map((video) => [video.id, video]))
    const changed = [...next.values()].filter((video) => !isSame(video, videos.get(video.id)))
    const gone = [...videos.keys()].filter((id) => !next.has(id)).map((id) => ({ tabId, id }))
    const nextTab = readTab(authoring, queryClient)
    const tabChange = describeTabChange(tab, nextTab)
    videos = next
    tab = nextTab
    const changes: OutboxChange[] = [
      { store: 'videos', put: changed.map(toRecord), remove: [...outdated.videos, ...gone] },
      { store: 'tabs', ...tabChange, remove: [...outdated.tabs, ...tabChange.remove] },
    ]
    if (changes.every(({ put, remove }) => put.length + remove.length === 0)) return writing
    writing = writing.then(() => writeOutbox(changes)).then(noteKept, failWrite)
    return writing
  }

  /** Nothing is known of what is stored: the next time, all of it is written again. */
  function failWrite() {
    videos = new Map()
    tab = emptyTab
    noteNotKept()
  }

  async function goOn(prepare: (resumable: Resumable) => Resumable): Promise<void> {
    await oneTabAtATime('outbox', async () => {
      const records = await readGone()
      const resumable = prepare(readRecords(records, Date.now()))
      useOutbox.setState({ unreadable: resumable.unreadable })
      resumePage(authoring, queryClient, resumable)
      const isRead = (record: OutboxRecord) => !resumable.unreadable.includes(record)
      await save({ videos: records.videos.filter(isRead), tabs: records.tabs.filter(isRead) })
    }).catch(noteNotKept)
  }

  return {
    save: () => save(),

    /** Goes on with what was left by tabs that are gone when the page starts. */
    async resume(): Promise<void> {
      holdTabLock()
      await goOn((resumable) => resumable)
    },

    /** Goes on with what a tab leaves that is closed beside this one, which keeps its focus. */
    takeOver: () => goOn(withoutFocus),
  }
}

type Outdated = Record<'videos' | 'tabs', readonly OutboxRecord[]>

async function readGone(): Promise<Outdated> {
  const { videos, tabs } = await readOutbox()
  const gone = await findGoneTabs([...videos, ...tabs].map((record) => record.tabId))
  const isGone = (record: OutboxRecord) => gone.has(record.tabId)
  return { videos: videos.filter(isGone), tabs: tabs.filter(isGone) }
}

const withoutFocus = ({ videos, ...others }: Resumable): Resumable => ({
  ...others,
  videos: videos.map((video) => ({
    ...video,
    draft: video.draft && { ...video.draft, hasFocus: false },
  })),
})

function resumePage(authoring: Authoring, queryClient: QueryClient, { videos, tab }: Resumable) {
  if (tab.history.count > 0) authoring.send({ type: 'history.resume', history: tab.history })
  resumeVideos(authoring, videos)
  resumeChanges(queryClient, tab.changes)
  useNewChapters.setState(({ slots }) => ({ slots: [...tab.newChapters, ...slots] }))
  resumeNameDrafts(tab.names)
  const picked = Object.entries(tab.picks).map(([chapterId, picks]) => {
    const selectedKeys = new Set(picks.map(({ mediaId }) => mediaId))
    return [chapterId, { picks, selectedKeys }] as const
  })
  usePicker.setState(({ chapters }) => ({
    chapters: { ...Object.fromEntries(picked), ...chapters },
  }))
}

type TabContent = Omit<KeptTab, 'savedAt'>

const emptyTab: TabContent = {
  history: emptyHistory,
  picks: {},
  changes: { courses: [], chapters: [] },
  newChapters: [],
  names: [],
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
})

/** A tab in which nothing was done leaves no record. */
function describeTabChange(
  before: TabContent,
  tab: TabContent,
): Pick<OutboxChange, 'put' | 'remove'> {
  if (isSameTab(tab, before)) return { put: [], remove: [] }
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

const isSame = (one: KeptVideo, other: KeptVideo | undefined) =>
  one.context === other?.context &&
  one.chapterId === other.chapterId &&
  isSameText(one.draft, other.draft)

const isSameTab = (one: TabContent, other: TabContent) =>
  (one.history === other.history || one.history.count + other.history.count === 0) &&
  isSameText({ ...one, history: null }, { ...other, history: null })

const isSameText = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const noteKept = () => useOutbox.setState({ isKept: true })

/** Without a store, all goes on for as long as the page is open. */
const noteNotKept = () => useOutbox.setState({ isKept: false })
