import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useOutbox } from '#client/app/outbox/outbox.store.ts'
import { createOutboxKeeper } from '#client/app/outbox/outbox-keeper.ts'
import { usePicker } from '#client/features/media/picker.store.ts'
import { dispatchToVideo } from '#client/features/videos/dispatch-videos.ts'
import { createAuthoring } from '#client/features/videos/videos.actors.ts'
import * as database from '#client/lib/outbox-database.ts'
import { createQueryClient } from '#client/lib/query-client.ts'
import type { Video } from '#contract/videos.ts'
import { clearNameDrafts } from '#ui/name-draft.ts'

vi.mock('#client/lib/outbox-database.ts')

const readOutbox = vi.mocked(database.readOutbox)
const writeOutbox = vi.mocked(database.writeOutbox)
const never = () => new Promise<never>(() => {})

const row: Video = {
  id: '01900000-0000-7000-8000-000000000001',
  chapterId: '01900000-0000-7000-8000-0000000000c1',
  mediaId: '01900000-0000-7000-8000-0000000000a1',
  filename: 'Lesson 1.mp4',
  position: 'a1',
  durationSeconds: 60,
  version: 3,
  revision: 2,
}

beforeEach(() => {
  vi.stubGlobal('fetch', never)
  // A browser without locks.
  vi.stubGlobal('navigator', {})
  readOutbox.mockResolvedValue({ videos: [], tabs: [] })
  writeOutbox.mockReset().mockResolvedValue()
})

afterEach(() => {
  vi.unstubAllGlobals()
  clearNameDrafts()
  usePicker.setState(usePicker.getInitialState(), true)
  useOutbox.setState(useOutbox.getInitialState(), true)
})

/** A page on which nothing is painted or answered, with a name that waits. */
function openPage() {
  const queryClient = createQueryClient()
  const authoring = createAuthoring(queryClient, {
    framePainted: never,
    nextTask: never,
    delay: never,
    random: () => 0.5,
    pageId: '01900000-0000-7000-8000-0000000000f1',
  })
  const rename = (filename: string) =>
    dispatchToVideo(authoring, row, { type: 'video.setFilename', filename, saved: row })
  return { authoring, rename, keeper: createOutboxKeeper(authoring, queryClient) }
}

/** What the last write puts into a store, and the ids of what it removes. */
function readWrite(store: database.OutboxStore) {
  const change = writeOutbox.mock.lastCall?.[0].find((one) => one.store === store)
  return { put: change?.put ?? [], removed: change?.remove.map(({ id }) => id) ?? [] }
}

test('what has changed is written at once, while the write before is still under way', () => {
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

test('what has not changed is not written again', async () => {
  const { authoring, rename, keeper } = openPage()
  await keeper.save()
  expect(writeOutbox).not.toHaveBeenCalled()
  rename('One.mp4')
  await keeper.save()
  await keeper.save()
  expect(writeOutbox).toHaveBeenCalledTimes(1)
  authoring.stop()
})

test('what could not be written is written again, and the page says so until it is', async () => {
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

test('what could not be removed is removed again', async () => {
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

test('the picks of a closed tab are shown where this one has none left', async () => {
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

const emptyTab = {
  savedAt: 0,
  history: { past: [], future: [], count: 0, latest: null },
  picks: {},
  changes: { courses: [], chapters: [] },
  newChapters: [],
  names: [],
}
