import { expect, test } from 'vitest'
import { listTexts, readRecords, recordVersion } from '#client/app/outbox/outbox-records.ts'
import type { KeptVideo } from '#client/features/videos/kept-video-schema.ts'
import { emptyHistory, recordChange } from '#machines/history.ts'
import { initialContext } from '#machines/video.context.ts'

const id = '01900000-0000-7000-8000-000000000001'

const {
  request: _request,
  confirmedAt: _time,
  ...context
} = initialContext({
  id,
  chapterId: 'chapter-1',
  mediaId: '01900000-0000-7000-8000-0000000000a1',
  filename: 'Lesson 1.mp4',
  position: 'a1',
  durationSeconds: 60,
  version: 0,
  revision: 0,
})

const video: KeptVideo = {
  id,
  chapterId: 'chapter-1',
  context,
  draft: { text: 'Half typed', initial: 'Lesson 1.mp4', selection: [4, 4], hasFocus: true },
}

const linked = {
  ...context,
  confirmed: { ...context.confirmed, status: 'linked' as const, version: 1 },
}

const stored = <Content extends object>(content: Content, version = recordVersion) => ({
  tabId: 'gone',
  id: 'tab',
  version,
  ...content,
})

const tab = (savedAt: number, name: string, madeAt = savedAt) => ({
  savedAt,
  history: recordChange(emptyHistory, {
    kind: 'rename',
    name,
    madeAt,
    chapterIds: [],
    operations: [{ entity: 'video', field: 'filename', id, from: 'Old', to: name }],
  }),
  picks: { [name]: [{ mediaId: 'media', filename: name, durationSeconds: 1 }] },
  changes: { courses: [], chapters: [] },
  newChapters: [],
  names: [{ key: name, text: name, initial: '', version: 1, isNew: false }],
})

const now = Date.UTC(2026, 10, 28)
const hour = 60 * 60 * 1000

test('records of this version are read back unchanged', () => {
  const { videos, unreadable } = readRecords({ videos: [stored(video)], tabs: [] }, now)
  expect(videos).toEqual([video])
  expect(unreadable).toEqual([])
})

test('from several tabs, the history of the last one is kept, and the picks and titles of all', () => {
  const tabs = [stored(tab(now - hour, 'later')), stored(tab(now - 2 * hour, 'earlier'))]
  const { tab: merged } = readRecords({ videos: [], tabs }, now)
  expect(merged.history.past.map(({ name }) => name)).toEqual(['later'])
  expect(Object.keys(merged.picks).sort()).toEqual(['earlier', 'later'])
  expect(merged.names.map(({ text }) => text)).toEqual(['earlier', 'later'])
})

test('changes from more than a day ago can’t be undone', () => {
  const { tab: merged } = readRecords(
    { videos: [], tabs: [stored(tab(now, 'a', now - 25 * hour))] },
    now,
  )
  expect(merged.history).toEqual(emptyHistory)
})

test('a settled video is kept for as long as one of its changes can be undone', () => {
  const settled = stored({ ...video, draft: null, context: linked })
  const read = (madeAt: number) =>
    readRecords({ videos: [settled], tabs: [stored(tab(now, 'a', madeAt))] }, now).videos
  expect(read(now - hour)).toHaveLength(1)
  expect(read(now - 25 * hour)).toEqual([])
})

test.each([
  ['a record of another version', stored(video, recordVersion + 1)],
  ['a damaged record', stored({ ...video, context: { ...context, wanted: null } })],
  ['an empty record', stored({})],
])('the texts of %s are not dropped', (_name, record) => {
  const { videos, unreadable } = readRecords({ videos: [record], tabs: [] }, now)
  expect(videos).toEqual([])
  expect(unreadable).toEqual([record])
})

test('the texts of a record are its names, each once, wherever they occur', () => {
  const record = stored({
    context: { wanted: { filename: 'A.mp4' } },
    draft: { text: 'B' },
    ownNames: ['A.mp4'],
  })
  expect(listTexts(record)).toEqual(['A.mp4', 'B'])
})
