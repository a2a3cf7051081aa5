import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { VideoList } from '#client/features/videos/api/list-videos.ts'
import {
  foldVideo,
  foldVideos,
  isOnlyInOtherTab,
  isSettled,
  readSaved,
  type ShownVideo,
  shownChapterId,
} from '#client/features/videos/fold-videos.ts'
import { createProblem } from '#contract/problem.ts'
import type { Video } from '#contract/videos.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import { comparePlaces } from '#shared/compare-places.ts'

const listed: Video = {
  id: 'id-1',
  chapterId: 'chapter',
  mediaId: 'media',
  filename: 'Listed.mp4',
  position: 'a0',
  version: 3,
  revision: 2,
  durationSeconds: 12,
}

/** A pending video that the server has confirmed as `video`, and that wants no change. */
const createPending = (video: Video, changes: Partial<PendingVideo> = {}): PendingVideo => {
  const { id, mediaId, durationSeconds, filename, chapterId, position, version, revision } = video
  return {
    id,
    mediaId,
    durationSeconds,
    blockedBy: null,
    wanted: { isPresent: true, filename, chapterId, position },
    confirmed: { status: 'linked', filename, chapterId, position, version, revision },
    confirmedAt: 0,
    problem: null,
    placeProblem: null,
    status: 'linked',
    filenameStatus: 'saved',
    isMoving: false,
    isEditing: false,
    ...changes,
  }
}

const createShown = (video: Video, changes: Partial<ShownVideo> = {}): ShownVideo => ({
  ...video,
  status: 'linked',
  problem: null,
  savedFilename: video.filename,
  isMoving: false,
  isRemovedElsewhere: false,
  isUploading: false,
  isInOtherTab: false,
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
  revision: fc.nat(5),
  durationSeconds: fc.nat(600),
}
const idSubsets = fc.shuffledSubarray(ids)

const rows: fc.Arbitrary<Video[]> = idSubsets.chain((subset) =>
  fc.tuple(
    ...subset.map((id) =>
      fc.record({ ...videoParts, id: fc.constant(id), version: fc.integer({ min: 1, max: 4 }) }),
    ),
  ),
)
const lists: fc.Arbitrary<VideoList | undefined> = fc.option(
  fc.record({ videos: rows, requestedAt: logicalTimes }),
  { nil: undefined },
)
const places = { chapterId: fc.constant('chapter'), position: videoParts.position }

const pendings: fc.Arbitrary<PendingVideo[]> = idSubsets.chain((subset) =>
  fc.tuple(...subset.map((id) => pendingVideo(id))),
)

/** A report of a video: its name is pending, or else equals the confirmed one. */
const pendingVideo = (id: string): fc.Arbitrary<PendingVideo> =>
  fc
    .record({
      id: fc.constant(id),
      mediaId: videoParts.mediaId,
      durationSeconds: videoParts.durationSeconds,
      blockedBy: fc.constant(null),
      wanted: fc.record({ isPresent: fc.boolean(), filename: names, ...places }),
      confirmed: fc.record({
        status: fc.constantFrom('unlinked', 'linked', 'removed'),
        filename: names,
        ...places,
        version: fc.nat(4),
        revision: fc.nat(5),
      }),
      confirmedAt: fc.nat(9),
      problem: fc.constant(null),
      placeProblem: fc.constant(null),
      status: fc.constantFrom('optimistic', 'linking', 'linked', 'failed', 'removing', 'removed'),
      filenameStatus: fc.constantFrom('saved', 'pending', 'conflict', 'unsaved'),
      isMoving: fc.boolean(),
      isEditing: fc.boolean(),
    })
    .map((pending) => {
      const { wanted, confirmed } = pending
      const isSaved = wanted.filename === confirmed.filename
      const isMoving = pending.isMoving || wanted.position !== confirmed.position
      return { ...pending, isMoving, ...(isSaved && { filenameStatus: 'saved' as const }) }
    })

type Inputs = { list: VideoList | undefined; pending: PendingVideo[] }

/** Checks a property for any list and any reports. */
function always(property: (shown: ShownVideo[], inputs: Inputs) => void) {
  fc.assert(
    fc.property(lists, pendings, (list, pending) =>
      property(foldVideos('chapter', list, pending), { list, pending }),
    ),
    { numRuns: 500 },
  )
}

const findRow = (list: VideoList | undefined, id: string) =>
  list?.videos.find((video) => video.id === id)

/** Whether a removed video has not been restored elsewhere, according to the list. */
function isStillRemoved(list: VideoList | undefined, { id, status, confirmed }: PendingVideo) {
  const row = findRow(list, id)
  return status === 'removed' && !(row && row.revision > confirmed.revision)
}

describe('for any list and any reports', () => {
  test('no pending or failed row disappears', () =>
    always((shown, { pending }) => {
      const pendingRows = pending.filter(({ status }) => isPending(status))
      const statuses = new Map(shown.map(({ id, status }) => [id, status]))
      expect(pendingRows.map(({ id }) => statuses.get(id))).toEqual(
        pendingRows.map(({ status }) => status),
      )
    }))

  test('no removed or unknown video is shown', () =>
    always((shown, { list, pending }) => {
      const removed = pending
        .filter((video) => video.status === 'removing' || isStillRemoved(list, video))
        .map(({ id }) => id)
      const known = [...(list?.videos ?? []), ...pending].map(({ id }) => id)
      const shownIds = shown.map(({ id }) => id)
      expect(shownIds.filter((id) => removed.includes(id) || !known.includes(id))).toEqual([])
    }))

  test('a removed row that the server has at a later revision is shown as the server has it', () =>
    always((shown, { list, pending }) => {
      const removed = pending.filter(({ status }) => status === 'removed')
      for (const video of removed.filter((pending) => !isStillRemoved(list, pending))) {
        const row = findRow(list, video.id)
        expect(shown.find(({ id }) => id === video.id)).toEqual(row && createShown(row))
      }
    }))

  test('no id is shown twice', () =>
    always((shown) => {
      const shownIds = shown.map(({ id }) => id)
      expect(shownIds).toEqual([...new Set(shownIds)])
    }))

  test('rows are sorted by position, then by id', () =>
    always((shown) => {
      const keys = shown.map(({ position, id }) => `${position} ${id}`)
      expect(keys).toEqual([...keys].sort((a, b) => (a < b ? -1 : 1)))
    }))

  test('a row without an actor is shown exactly as the server has it', () =>
    always((shown, { list, pending }) => {
      const acting = new Set(pending.map(({ id }) => id))
      const untouched = (list?.videos ?? []).filter(({ id }) => !acting.has(id))
      expect(shown.filter(({ id }) => !acting.has(id))).toEqual(
        untouched.map((video) => createShown(video)).sort(comparePlaces),
      )
    }))

  test('the latest edit wins: a pending name, else the name of the later version', () =>
    always((shown, { list, pending }) => {
      for (const { id, status, wanted, confirmed, filenameStatus } of pending) {
        const video = shown.find((row) => row.id === id)
        if (!video || status === 'removed') continue
        const { filename, version, revision } = newest(list, id, confirmed)
        expect(video).toMatchObject({
          filename: filenameStatus === 'saved' ? filename : wanted.filename,
          savedFilename: filename,
          version,
          revision,
        })
      }
    }))

  test('a pending place is shown, else the place of the later version', () =>
    always((shown, { list, pending }) => {
      for (const { id, status, wanted, confirmed, isMoving } of pending) {
        const video = shown.find((row) => row.id === id)
        if (!video || status === 'removed') continue
        const { position } = isMoving ? wanted : newest(list, id, confirmed)
        expect(video.position).toBe(position)
      }
    }))

  test('a linked row is hidden exactly if a later list lacks it, unless it is moving or has unsaved text', () =>
    always((shown, { list, pending }) => {
      for (const { id, status, confirmedAt, isEditing, filenameStatus, isMoving } of pending) {
        if (status !== 'linked') continue
        const isLater = list !== undefined && list.requestedAt > confirmedAt
        const isLacking = isLater && !isMoving && !findRow(list, id)
        const holdsText = isEditing || filenameStatus !== 'saved'
        expect(shown.find((video) => video.id === id)?.isRemovedElsewhere).toBe(
          isLacking ? holdsText || undefined : false,
        )
      }
    }))
})

const isPending = (status: PendingVideo['status']) =>
  status === 'optimistic' || status === 'linking' || status === 'failed'

function newest(list: VideoList | undefined, id: string, confirmed: PendingVideo['confirmed']) {
  const row = findRow(list, id)
  return row && row.version >= confirmed.version ? row : confirmed
}

test('each row depends only on its own video', () => {
  fc.assert(
    fc.property(lists, pendings, fc.constantFrom(...ids), (list, pending, id) => {
      const shown = foldVideos('chapter', list, pending)
      const alone = list && { ...list, videos: list.videos.filter((video) => video.id === id) }
      const own = pending.filter((video) => video.id === id)
      expect(shown.filter((video) => video.id === id)).toEqual(foldVideos('chapter', alone, own))
    }),
  )
})

test('the order of the list and of the actors does not matter', () => {
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
      expect(foldVideos('chapter', list && { ...list, videos }, others)).toEqual(
        foldVideos('chapter', list, pending),
      )
    }),
  )
})

test('an older list neither hides nor renames a video that was confirmed since', () => {
  const confirmations = fc.record({
    requestedAt: logicalTimes,
    row: fc.option(fc.record({ ...videoParts, id: fc.constant('id-1'), version: fc.constant(1) }), {
      nil: undefined,
    }),
  })
  fc.assert(
    fc.property(confirmations, ({ requestedAt, row }) => {
      const video = { ...listed, filename: 'Confirmed.mp4', version: 2 }
      const confirmed = createPending(video, { confirmedAt: requestedAt + 1 })
      expect(foldVideo(row, confirmed, { requestedAt })).toEqual(createShown(video))
      const atOnce = createPending(video, { confirmedAt: requestedAt })
      expect(foldVideo(undefined, atOnce, { requestedAt })).toEqual(createShown(video))
    }),
  )
})

test('an unchanged row stays the same object', () => {
  const other = { ...listed, id: 'id-2', position: 'a1' }
  const waiting = createPending(
    { ...listed, id: 'id-3', position: 'a2' },
    { status: 'linking', confirmedAt: 9 },
  )
  const before = foldVideos('chapter', { videos: [listed, other], requestedAt: 1 }, [waiting])
  const renamed = { ...other, filename: 'New.mp4', version: 4 }
  const list = { videos: [listed, renamed], requestedAt: 2 }
  const after = foldVideos('chapter', list, [waiting])
  expect(after.map((video, index) => video === before[index])).toEqual([true, false, true])
  expect(after[1]?.filename).toBe('New.mp4')
  const linked = foldVideos('chapter', list, [{ ...waiting, status: 'linked' }])
  expect(linked.map((video, index) => video === after[index])).toEqual([true, true, false])
})

test('a row that is removed elsewhere becomes another object', () => {
  const typing = createPending(listed, { confirmedAt: 4, isEditing: true })
  const isRemoved = (requestedAt: number) =>
    foldVideo(undefined, typing, { requestedAt })?.isRemovedElsewhere
  expect([4, 5, 4].map(isRemoved)).toEqual([false, true, false])
})

test('a move to another chapter shows the row there', () => {
  const moved = createPending(listed, { isMoving: true })
  moved.wanted = { ...moved.wanted, chapterId: 'other' }
  expect(foldVideo({ ...listed, position: 'a9', version: 4 }, moved, { requestedAt: 1 })).toEqual(
    createShown(listed, { chapterId: 'other', position: 'a0', version: 4, isMoving: true }),
  )
})

test('a row that is being moved to another chapter is not shown in its old one', () => {
  const moved = createPending(listed, { isMoving: true })
  moved.wanted = { ...moved.wanted, chapterId: 'other' }
  const list = { videos: [listed], requestedAt: 1 }
  expect(foldVideos('chapter', list, [moved])).toEqual([])
  const empty = { videos: [], requestedAt: 9 }
  expect(foldVideos('other', empty, [moved])).toEqual([
    createShown(listed, { chapterId: 'other', isMoving: true }),
  ])
})

test('an unknown video is not shown', () => {
  expect(foldVideo(undefined, undefined, { requestedAt: 1 })).toBeNull()
  expect(foldVideos('chapter', undefined, [])).toEqual([])
})

test('picks are shown before the list has loaded', () => {
  const picks = ['a1', 'a0'].map((position, index) =>
    createPending(
      { ...listed, id: `id-${index}`, position, version: 0 },
      { status: index === 0 ? 'optimistic' : 'linked', confirmedAt: 9 },
    ),
  )
  expect(foldVideos('chapter', undefined, picks).map(({ id, status }) => [id, status])).toEqual([
    ['id-1', 'linked'],
    ['id-0', 'optimistic'],
  ])
})

test('a pending name is shown over the server’s, with the server’s as the saved one', () => {
  const waiting = createPending(
    { ...listed, filename: 'Old.mp4', version: 2, revision: 1 },
    { filenameStatus: 'pending' },
  )
  waiting.wanted = { ...waiting.wanted, filename: 'Mine.mp4' }
  expect(foldVideo(listed, waiting, { requestedAt: 1 })).toEqual(
    createShown(listed, { filename: 'Mine.mp4', savedFilename: 'Listed.mp4' }),
  )
})

test('a row that was removed elsewhere stays for the text typed in it', () => {
  const typing = createPending(listed, { confirmedAt: 4, isEditing: true })
  expect(foldVideo(undefined, typing, { requestedAt: 5 })).toEqual(
    createShown(listed, { isRemovedElsewhere: true }),
  )
  expect(foldVideo(undefined, { ...typing, isEditing: false }, { requestedAt: 5 })).toBeNull()
})

test('the duration comes from the newer row, unless it is unknown there', () => {
  const shownDuration = (row: Video | undefined, pending: Partial<PendingVideo>) =>
    foldVideo(row, createPending(listed, { durationSeconds: 30, ...pending }), undefined)
      ?.durationSeconds
  expect(shownDuration(listed, {})).toBe(12)
  expect(shownDuration({ ...listed, durationSeconds: 0 }, {})).toBe(30)
  expect(shownDuration({ ...listed, version: 2 }, {})).toBe(30)
  expect(shownDuration({ ...listed, version: 2 }, { durationSeconds: 0 })).toBe(12)
  expect(shownDuration(undefined, { durationSeconds: 0 })).toBe(0)
})

test('the asset comes from the newer row', () => {
  const pending = createPending(listed)
  const shownAsset = (version: number) =>
    foldVideo({ ...listed, mediaId: 'original', version }, pending, undefined)?.mediaId
  expect([2, 3, 4].map(shownAsset)).toEqual(['media', 'original', 'original'])
})

test('a video is uploading while it waits for its own asset, not for another video', () => {
  const isUploading = (blockedBy: string | null) =>
    foldVideo(undefined, createPending(listed, { blockedBy }), undefined)?.isUploading
  expect([null, 'media', 'other-video'].map(isUploading)).toEqual([false, true, false])
})

test('a pending video is shown in the chapter to which it is being moved', () => {
  const pending = createPending(listed)
  const moving = { ...pending, isMoving: true, wanted: { ...pending.wanted, chapterId: 'other' } }
  expect(shownChapterId(moving)).toBe('other')
  expect(shownChapterId({ ...moving, isMoving: false })).toBe('chapter')
})

test('a video is settled once it is removed, or linked with its name and place', () => {
  const isSettledWith = (changes: Partial<PendingVideo>) =>
    isSettled(createPending(listed, changes))
  expect(isSettledWith({})).toBe(true)
  expect(isSettledWith({ isMoving: true })).toBe(false)
  expect(isSettledWith({ filenameStatus: 'pending' })).toBe(false)
  expect(isSettledWith({ placeProblem: createProblem('removed', 'It is gone.') })).toBe(false)
  expect(isSettledWith({ status: 'linking' })).toBe(false)
  expect(isSettledWith({ status: 'failed' })).toBe(false)
  expect(isSettledWith({ status: 'removing' })).toBe(false)
  expect(isSettledWith({ status: 'removed', filenameStatus: 'unsaved', isMoving: true })).toBe(true)
})

test('only the tab that adds a video can change it until the server has it', () => {
  const pending = createPending(listed, { status: 'linking' })
  const unlinked = { ...pending, confirmed: { ...pending.confirmed, status: 'unlinked' as const } }
  const inOtherTab = (video: PendingVideo) =>
    isOnlyInOtherTab(Object.assign({}, video, { tabId: 'tab' }))
  expect(inOtherTab(unlinked)).toBe(true)
  expect(isOnlyInOtherTab(unlinked)).toBe(false)
  expect(inOtherTab(pending)).toBe(false)
  expect(inOtherTab({ ...unlinked, status: 'removed' })).toBe(false)
})

test('a row that was restored after its removal here is shown, one that is as old is not', () => {
  const removed = createPending(listed, { status: 'removed' })
  expect(foldVideo(listed, removed, undefined)).toBeNull()
  expect(foldVideo({ ...listed, revision: 3 }, removed, undefined)?.revision).toBe(3)
})

test('a new name replaces the name, place and versions that the server has', () => {
  const { filename, chapterId, position, version, revision } = listed
  expect(readSaved(createShown(listed, { filename: 'Typed.mp4' }))).toEqual({
    filename,
    chapterId,
    position,
    version,
    revision,
  })
})
