import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { VideoList } from '#client/features/videos/api/list-videos.ts'
import {
  foldVideo,
  foldVideos,
  inOrder,
  type PendingVideo,
  type ShownVideo,
} from '#client/features/videos/fold-videos.ts'
import type { Video } from '#contract/videos.ts'

const listed: Video = {
  id: 'id-1',
  chapterId: 'chapter',
  mediaId: 'media',
  filename: 'Listed.mp4',
  position: 'a0',
  version: 3,
  revision: 5,
  durationSeconds: 12,
}

const pendingOver = (video: Video, changes: Partial<PendingVideo> = {}): PendingVideo => ({
  ...video,
  status: 'linked',
  confirmedAt: 0,
  pendingFilename: null,
  holdsText: false,
  ...changes,
})

const shownOf = (video: Video, changes: Partial<ShownVideo> = {}): ShownVideo => ({
  ...video,
  status: 'linked',
  savedFilename: video.filename,
  isRemovedElsewhere: false,
  ...changes,
})

const ids = ['id-1', 'id-2', 'id-3', 'id-4', 'id-5', 'id-6']
const names = fc.constantFrom('Lesson 1.mp4', 'Lesson 2.mp4', 'Урок.mp4', '🎬.mp4')
const logicalTimes = fc.integer({ min: 1, max: 9 })

const videoParts = {
  chapterId: fc.constant('chapter'),
  mediaId: fc.constantFrom('media-1', 'media-2'),
  filename: names,
  position: fc.constantFrom('Zz', 'a0', 'a0V', 'a1', 'aV'),
  durationSeconds: fc.nat(600),
  revision: fc.nat(9),
}
const idsOnce = fc.shuffledSubarray(ids)

const rows: fc.Arbitrary<Video[]> = idsOnce.chain((some) =>
  fc.tuple(
    ...some.map((id) =>
      fc.record({ ...videoParts, id: fc.constant(id), version: fc.integer({ min: 1, max: 4 }) }),
    ),
  ),
)
const lists: fc.Arbitrary<VideoList | undefined> = fc.option(
  fc.record({ videos: rows, askedAt: logicalTimes }),
  { nil: undefined },
)
const pendings: fc.Arbitrary<PendingVideo[]> = idsOnce.chain((some) =>
  fc.tuple(
    ...some.map((id) =>
      fc.record({
        ...videoParts,
        id: fc.constant(id),
        version: fc.nat(4),
        status: fc.constantFrom('optimistic', 'linking', 'linked', 'failed', 'removed'),
        confirmedAt: fc.nat(9),
        pendingFilename: fc.option(names),
        holdsText: fc.boolean(),
      }),
    ),
  ),
)

type Given = { list: VideoList | undefined; pending: PendingVideo[] }

/** Checks what holds for whatever the server and the actors may say. */
function always(property: (shown: ShownVideo[], given: Given) => void) {
  fc.assert(
    fc.property(lists, pendings, (list, pending) =>
      property(foldVideos(list, pending), { list, pending }),
    ),
    { numRuns: 500 },
  )
}

const rowOf = (list: VideoList | undefined, id: string) =>
  list?.videos.find((video) => video.id === id)

describe('whatever the server and the actors say', () => {
  test('no row disappears that is on its way or failed', () =>
    always((shown, { pending }) => {
      const underWay = pending.filter(({ status }) => status !== 'removed' && status !== 'linked')
      const statuses = new Map(shown.map(({ id, status }) => [id, status]))
      expect(underWay.map(({ id }) => statuses.get(id))).toEqual(
        underWay.map(({ status }) => status),
      )
    }))

  test('nothing is shown that is removed, or that nobody knows', () =>
    always((shown, { list, pending }) => {
      const removed = pending.filter(({ status }) => status === 'removed').map(({ id }) => id)
      const known = [...(list?.videos ?? []), ...pending].map(({ id }) => id)
      const shownIds = shown.map(({ id }) => id)
      expect(shownIds.filter((id) => removed.includes(id) || !known.includes(id))).toEqual([])
    }))

  test('no id is shown twice', () =>
    always((shown) => {
      const shownIds = shown.map(({ id }) => id)
      expect(shownIds).toEqual([...new Set(shownIds)])
    }))

  test('rows stand by position, then by id', () =>
    always((shown) => {
      const keys = shown.map(({ position, id }) => `${position} ${id}`)
      expect(keys).toEqual([...keys].sort((one, other) => (one < other ? -1 : 1)))
    }))

  test('a row without an actor is shown just as the server has it', () =>
    always((shown, { list, pending }) => {
      const acting = new Set(pending.map(({ id }) => id))
      const untouched = (list?.videos ?? []).filter(({ id }) => !acting.has(id))
      expect(shown.filter(({ id }) => !acting.has(id))).toEqual(
        untouched.map((video) => shownOf(video)).sort(inOrder),
      )
    }))

  test('the latest edit wins: a name that waits, else that of the later version', () =>
    always((shown, { list, pending }) => {
      for (const { id, filename, version, pendingFilename } of pending) {
        const video = shown.find((one) => one.id === id)
        if (!video) continue
        const row = rowOf(list, id)
        const saved = row && row.version >= version ? row.filename : filename
        expect([video.filename, video.savedFilename]).toEqual([pendingFilename ?? saved, saved])
      }
    }))

  test('a linked row is gone exactly when a later list lacks it, unless it holds text', () =>
    always((shown, { list, pending }) => {
      for (const { id, status, confirmedAt, holdsText } of pending) {
        if (status !== 'linked') continue
        const isLacking = list !== undefined && list.askedAt > confirmedAt && !rowOf(list, id)
        expect(shown.find((video) => video.id === id)?.isRemovedElsewhere).toBe(
          isLacking ? holdsText || undefined : false,
        )
      }
    }))
})

test('each row depends on its own video alone', () => {
  fc.assert(
    fc.property(lists, pendings, fc.constantFrom(...ids), (list, pending, id) => {
      const shown = foldVideos(list, pending)
      const alone = list && { ...list, videos: list.videos.filter((video) => video.id === id) }
      const own = pending.filter((video) => video.id === id)
      expect(shown.filter((video) => video.id === id)).toEqual(foldVideos(alone, own))
    }),
  )
})

test('neither the order of the list nor that of the actors changes anything', () => {
  const shuffled = <Item>(items: Item[]) =>
    fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length })
  const orders = fc.tuple(lists, pendings).chain(([list, pending]) =>
    fc.record({
      list: fc.constant(list),
      pending: fc.constant(pending),
      videos: shuffled(list?.videos ?? []),
      others: shuffled(pending),
    }),
  )
  fc.assert(
    fc.property(orders, ({ list, pending, videos, others }) => {
      expect(foldVideos(list && { ...list, videos }, others)).toEqual(foldVideos(list, pending))
    }),
  )
})

test('an older list neither hides nor renames what was confirmed since', () => {
  const confirmations = fc.record({
    askedAt: logicalTimes,
    row: fc.option(fc.record({ ...videoParts, id: fc.constant('id-1'), version: fc.constant(1) }), {
      nil: undefined,
    }),
  })
  fc.assert(
    fc.property(confirmations, ({ askedAt, row }) => {
      const confirmed = pendingOver(
        { ...listed, filename: 'Confirmed.mp4', version: 2 },
        { confirmedAt: askedAt + 1 },
      )
      const revision = Math.max(listed.revision, row?.revision ?? 0)
      expect(foldVideo(row, confirmed, { askedAt })).toEqual(
        shownOf({ ...listed, filename: 'Confirmed.mp4', version: 2, revision }),
      )
    }),
  )
})

test('shows picks while the server has not listed anything yet', () => {
  const picks = ['a1', 'a0'].map((position, index) =>
    pendingOver({ ...listed, id: `id-${index}`, position, version: 0 }, { status: 'optimistic' }),
  )
  expect(foldVideos(undefined, picks).map(({ id, status }) => [id, status])).toEqual([
    ['id-1', 'optimistic'],
    ['id-0', 'optimistic'],
  ])
  expect(foldVideos(undefined, [])).toEqual([])
})

test('shows a name that waits over the server’s, and what it would give back', () => {
  const waiting = pendingOver(
    { ...listed, filename: 'Old.mp4', version: 2 },
    { pendingFilename: 'Mine.mp4' },
  )
  expect(foldVideo(listed, waiting, { askedAt: 1 })).toEqual(
    shownOf(listed, { filename: 'Mine.mp4', savedFilename: 'Listed.mp4' }),
  )
})

test('keeps a row that was removed elsewhere for the text typed in it', () => {
  const typing = pendingOver(listed, { confirmedAt: 4, holdsText: true })
  expect(foldVideo(undefined, typing, { askedAt: 5 })).toEqual(
    shownOf(listed, { isRemovedElsewhere: true }),
  )
  expect(foldVideo(undefined, { ...typing, holdsText: false }, { askedAt: 5 })).toBeNull()
})
