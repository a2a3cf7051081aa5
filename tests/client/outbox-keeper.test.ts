import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useGoneNotice } from '#client/app/change-notice.store.ts'
import { useOutbox } from '#client/app/outbox/outbox.store.ts'
import { createOutboxKeeper } from '#client/app/outbox/outbox-keeper.ts'
import { usePicker } from '#client/features/media/picker.store.ts'
import {
  closeChapters,
  listClosedVideos,
  reopenChapters,
} from '#client/features/videos/closed-chapters.ts'
import { dispatchToVideo } from '#client/features/videos/dispatch-videos.ts'
import { listKeptVideos } from '#client/features/videos/kept-videos.ts'
import { findRenameDraft } from '#client/features/videos/renaming/rename-draft.ts'
import { initialValues } from '#client/features/videos/renaming/rename-values.ts'
import type { Authoring } from '#client/features/videos/videos.actors.ts'
import { createOnce } from '#client/lib/creation-id.ts'
import * as database from '#client/lib/outbox-database.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import {
  emptyHistory,
  type History,
  maxKeptChanges,
  type NewChange,
  recordChange,
} from '#machines/history.ts'
import { clearNameDrafts, newNameDraft } from '#ui/name-draft.ts'
import { never, openQuietPage, linkedRow as row } from './quiet-page.ts'

vi.mock('#client/lib/outbox-database.ts')

const readOutbox = vi.mocked(database.readOutbox)
const writeOutbox = vi.mocked(database.writeOutbox)

beforeEach(() => {
  vi.stubGlobal('fetch', never)
  // A browser without the Web Locks API.
  vi.stubGlobal('navigator', {})
  readOutbox.mockResolvedValue({ videos: [], tabs: [] })
  writeOutbox.mockReset().mockResolvedValue()
})

afterEach(() => {
  vi.unstubAllGlobals()
  clearNameDrafts()
  usePicker.setState(usePicker.getInitialState(), true)
  useOutbox.setState(useOutbox.getInitialState(), true)
  useGoneNotice.setState(useGoneNotice.getInitialState(), true)
})

/** Opens a page on which nothing is painted or answered, so that names stay pending. */
function openPage() {
  const queryClient = createQueryClient()
  const authoring = openQuietPage(queryClient)
  const rename = (filename: string) =>
    dispatchToVideo(authoring, row, { type: 'video.setFilename', filename, saved: row })
  return { authoring, rename, keeper: createOutboxKeeper(authoring, queryClient) }
}

/** Returns what the last write puts into a store, and the ids that it removes. */
function readWrite(store: database.OutboxStore) {
  const change = writeOutbox.mock.lastCall?.[0].find((candidate) => candidate.store === store)
  return { put: change?.put ?? [], removed: change?.remove.map(({ id }) => id) ?? [] }
}

test('changes are written at once, even while an earlier write is in flight', () => {
  writeOutbox.mockReturnValueOnce(never())
  const { authoring, rename, keeper } = openPage()
  rename('One.mp4')
  void keeper.save()
  rename('Two.mp4')
  void keeper.save()
  expect(writeOutbox).toHaveBeenCalledTimes(2)
  expect(readWrite('videos').put).toMatchObject([{ context: { wanted: { filename: 'Two.mp4' } } }])
  authoring.stop()
})

test('unchanged records are not written again', async () => {
  const { authoring, rename, keeper } = openPage()
  await keeper.save()
  expect(writeOutbox).not.toHaveBeenCalled()
  rename('One.mp4')
  await keeper.save()
  await keeper.save()
  expect(writeOutbox).toHaveBeenCalledTimes(1)
  authoring.stop()
})

test('everything can be undone on its page, and the newest changes on a later one', async () => {
  const { authoring, keeper } = openPage()
  for (let made = 0; made <= maxKeptChanges; made += 1) {
    authoring.send({ type: 'change.made', change: rename })
  }
  await keeper.save()
  expect(authoring.getSnapshot().context.history.past).toHaveLength(maxKeptChanges + 1)
  const [tab] = readWrite('tabs').put as unknown as { history: History }[]
  expect(tab?.history.past).toHaveLength(maxKeptChanges)
  authoring.stop()
})

test('a failed write is retried, and the page reports it until it succeeds', async () => {
  const { authoring, rename, keeper } = openPage()
  rename('One.mp4')
  writeOutbox.mockRejectedValueOnce(new DOMException('Full', 'QuotaExceededError'))
  await keeper.save()
  expect(useOutbox.getState().isKept).toBe(false)
  await keeper.save()
  expect(readWrite('videos').put).toMatchObject([{ id: row.id }])
  expect(useOutbox.getState().isKept).toBe(true)
  authoring.stop()
})

test('a store that rejects all writes is reported once, without further writes', async () => {
  const { authoring, rename, keeper } = openPage()
  rename('One.mp4')
  writeOutbox.mockRejectedValue(new DOMException('Not here', 'SecurityError'))
  const onChange = vi.fn()
  const stop = useOutbox.subscribe(onChange)
  await keeper.save()
  await keeper.save()
  expect(writeOutbox).toHaveBeenCalledTimes(2)
  expect(onChange).toHaveBeenCalledTimes(1)
  stop()
  authoring.stop()
})

test('a failed removal is retried', async () => {
  const left = { tabId: 'gone', id: 'tab', version: 1, ...emptyTab, texts: ['Left'] }
  readOutbox.mockResolvedValue({ videos: [], tabs: [left] })
  writeOutbox.mockRejectedValueOnce(new DOMException('Full', 'QuotaExceededError'))
  const { authoring, keeper } = openPage()
  await keeper.takeOver()
  expect(useOutbox.getState()).toMatchObject({ isKept: false, texts: ['Left'] })
  await keeper.save()
  expect(readWrite('tabs')).toMatchObject({ put: [{ texts: ['Left'] }], removed: ['tab'] })
  authoring.stop()
})

test('the picks of a closed tab are restored if this tab has none', async () => {
  const chapterId = row.chapterId
  const pick = { mediaId: row.mediaId, filename: row.filename, durationSeconds: 60 }
  const left = { tabId: 'gone', id: 'tab', version: 1, ...emptyTab, picks: { [chapterId]: [pick] } }
  readOutbox.mockResolvedValue({ videos: [], tabs: [left] })
  usePicker.setState({ chapters: { [chapterId]: { picks: [], selectedKeys: new Set() } } })
  const { authoring, keeper } = openPage()
  await keeper.takeOver()
  expect(usePicker.getState().chapters[chapterId]?.picks).toEqual([pick])
  authoring.stop()
})

test('a creation that was not answered keeps its id on another page, while its field has its text', async () => {
  const restored = { field: 'restored', id: row.id, title: 'Sent' }
  const replaced = { field: 'replaced', id: row.mediaId, title: 'Sent' }
  const left = {
    tabId: 'gone',
    id: 'tab',
    version: 1,
    ...emptyTab,
    names: ['restored', 'replaced'].map((key) => ({
      key,
      text: 'Typed there',
      initial: '',
      version: 0,
      isNew: true,
    })),
    creations: [restored, replaced],
  }
  readOutbox.mockResolvedValue({ videos: [], tabs: [left] })
  newNameDraft('replaced').formControl.reset({ name: 'Typed here' })
  const { authoring, keeper } = openPage()
  await keeper.takeOver()
  const ids: string[] = []
  for (const field of ['restored', 'replaced']) {
    await createOnce({ field, title: 'Typed', hasArrived: () => false }, async (id) => ids.push(id))
  }
  expect(ids[0]).toBe(restored.id)
  expect(ids[1]).not.toBe(replaced.id)
  authoring.stop()
})

test('the settings of a bulk rename are restored on another page, unless it has its own', async () => {
  const videos = [row, { ...row, id: '01900000-0000-7000-8000-000000000002' }]
  const set = (authoring: Authoring, names: string) =>
    findRenameDraft(authoring, videos).formControl.reset({ ...initialValues(2), names })
  const first = openPage()
  set(first.authoring, 'One\nTwo')
  await first.keeper.save()
  const [kept] = structuredClone(readWrite('tabs').put)
  if (!kept) throw new Error('The tab was not stored')
  readOutbox.mockResolvedValue({ videos: [], tabs: [kept] })

  const second = openPage()
  await second.keeper.takeOver()
  expect(findRenameDraft(second.authoring, videos).formControl.getValues('names')).toBe('One\nTwo')
  const third = openPage()
  set(third.authoring, 'Three')
  await third.keeper.takeOver()
  expect(findRenameDraft(third.authoring, videos).formControl.getValues('names')).toBe('Three')
  expect(useOutbox.getState().texts).toEqual(['One', 'Two'])
  for (const { authoring } of [first, second, third]) authoring.stop()
})

test('a dismissed notice stays dismissed on another page, unless it has changes of its own', async () => {
  const left = {
    tabId: 'gone',
    id: 'tab',
    version: 1,
    ...emptyTab,
    history: recordChange(emptyHistory, { ...rename, madeAt: Date.now() }),
    goneNotice: { step: 1, change: 1 },
  }
  readOutbox.mockResolvedValue({ videos: [], tabs: [left] })
  const { authoring, keeper } = openPage()
  await keeper.takeOver()
  expect(useGoneNotice.getState()).toEqual(left.goneNotice)
  useGoneNotice.setState(useGoneNotice.getInitialState(), true)
  await keeper.takeOver()
  expect(useGoneNotice.getState()).toEqual({ step: 0, change: 0 })
  authoring.stop()
})

const rename = { kind: 'rename' as const, chapterIds: [], operations: [] }

const emptyTab = {
  savedAt: 0,
  history: { past: [], future: [], count: 0, latest: null },
  picks: {},
  changes: { courses: [], chapters: [] },
  newChapters: [],
  names: [],
}

test('what was pending in a removed chapter waits for its restoration on a later page', async () => {
  const { chapterId } = row
  const page = openPage()
  page.rename('One.mp4')
  page.authoring.send({ type: 'change.made', change: createRemoval(chapterId) })
  closeChapters(page.authoring, chapterId, [chapterId])
  expect(listKeptVideos(page.authoring)).toEqual([])
  await page.keeper.save()
  const written = { videos: [...readWrite('videos').put], tabs: [...readWrite('tabs').put] }
  readOutbox.mockResolvedValue(written)
  page.authoring.stop()

  const later = openPage()
  await later.keeper.takeOver()
  expect(listKeptVideos(later.authoring)).toEqual([])
  expect(readWrite('videos').put).toMatchObject([{ id: row.id, closedWith: chapterId }])
  reopenChapters(later.authoring, chapterId)
  expect(listKeptVideos(later.authoring)).toMatchObject([
    { id: row.id, chapterId, context: { wanted: { filename: 'One.mp4' } } },
  ])
  later.authoring.stop()
})

test('a removed chapter can be restored with its videos on its page, after any number of changes', async () => {
  const { chapterId } = row
  const page = openPage()
  page.rename('One.mp4')
  page.authoring.send({ type: 'change.made', change: createRemoval(chapterId) })
  closeChapters(page.authoring, chapterId, [chapterId])
  for (let made = 0; made < maxKeptChanges; made += 1) {
    page.authoring.send({ type: 'change.made', change: rename })
  }
  expect(listClosedVideos(page.authoring)).toMatchObject([{ id: row.id }])
  await page.keeper.save()
  expect(readWrite('videos').put).toEqual([])
  page.authoring.stop()
})

const createRemoval = (chapterId: string): NewChange => ({
  kind: 'chapter-remove',
  madeAt: Date.now(),
  chapterIds: [],
  operations: [
    {
      entity: 'chapter',
      field: 'isPresent',
      id: chapterId,
      courseId: '01900000-0000-7000-8000-0000000000d1',
      from: true,
      to: false,
    },
  ],
})
