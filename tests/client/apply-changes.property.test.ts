import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { VideoList } from '#client/features/videos/api/list-videos.ts'
import { patchList, type VideoChange } from '#client/features/videos/apply-changes.ts'
import { foldVideos } from '#client/features/videos/fold-videos.ts'
import { nextLogicalTime } from '#client/lib/logical-time.ts'
import type { Video } from '#contract/videos.ts'
import type { PendingVideo } from '#machines/pending-videos.ts'
import { comparePlaces } from '#shared/compare-places.ts'

const chapters = ['one', 'two'] as const
const ids = ['a', 'b', 'c']

type Step = { id: string; chapterId: string; position: string; kind: 'change' | 'toggle' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    id: fc.constantFrom(...ids),
    chapterId: fc.constantFrom(...chapters),
    position: fc.constantFrom('a0', 'a1', 'a2'),
    kind: fc.constantFrom('change', 'toggle'),
  }),
  { maxLength: 12 },
)

type Row = Video & { isRemoved: boolean }

/** Returns the changes that the server logs for steps, and its rows before and after each. */
function runServer(made: readonly Step[]) {
  const rows = new Map<string, Row>()
  const states = [listRows(rows)]
  const changes = made.map((step, index) => {
    const change = applyStep(rows, step, index + 1)
    states.push(listRows(rows))
    return change
  })
  return { changes, states }
}

function applyStep(rows: Map<string, Row>, step: Step, sequence: number): VideoChange {
  const { id, chapterId, position, kind } = step
  const before = rows.get(id)
  const isRemoval = before && !before.isRemoved && kind === 'toggle'
  const isChange = before && !before.isRemoved && kind === 'change'
  const after: Row = {
    ...(before ?? { id, mediaId: id, filename: `${id}.mp4`, durationSeconds: 1 }),
    chapterId: isChange || !before ? chapterId : before.chapterId,
    position: isChange || !before ? position : before.position,
    version: (before?.version ?? 0) + (isRemoval ? 0 : 1),
    revision: (before?.revision ?? -1) + 1,
    isRemoved: isRemoval === true,
  }
  rows.set(id, after)
  const row = after.isRemoved ? null : toVideo(after)
  return createChange(id, row, after.version, sequence)
}

const toVideo = ({ isRemoved: _, ...video }: Row): Video => video

const createChange = (
  id: string,
  row: Video | null,
  version: number,
  sequence: number,
): VideoChange => ({
  sequence,
  entity: 'video',
  id,
  courseId: 'course',
  kind: row ? 'changed' : 'removed',
  version,
  row,
  page: null,
  changedAt: '2026-01-01T00:00:00.000Z',
})

const listRows = (rows: ReadonlyMap<string, Row>) =>
  [...rows.values()].filter(({ isRemoved }) => !isRemoved).map(toVideo)

const createList = (rows: readonly Video[], chapterId: string): VideoList => ({
  videos: rows.filter((row) => row.chapterId === chapterId).sort(comparePlaces),
  requestedAt: nextLogicalTime(),
})

const byOthers = () => false
const byOwnPage = () => true

/** Steps, how many of them a list already has when read, and how many a page receives again. */
const histories = steps.chain((made) =>
  fc.record({
    made: fc.constant(made),
    read: fc.nat(made.length),
    again: fc.nat(made.length),
    cut: fc.nat(made.length),
  }),
)

describe('a list that is patched with changes', () => {
  test('ends as the server has it, whichever changes it already has', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...chapters), (history, chapterId) => {
        const { made, read, again, cut } = history
        const { changes, states } = runServer(made)
        const first = createList(states[read] ?? [], chapterId)
        const received = changes.slice(Math.max(0, read - again))
        const parts = [received.slice(0, cut), received.slice(cut)]
        const last = parts.reduce(
          (list, part) => patchList(list, chapterId, part, byOthers).list,
          first,
        )
        expect(last.videos).toEqual(createList(states.at(-1) ?? [], chapterId).videos)
      }),
    )
  })

  test('is the same object after its own page’s changes, which it already has', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...chapters), (made, chapterId) => {
        const { changes, states } = runServer(made)
        const list = createList(states.at(-1) ?? [], chapterId)
        const patched = patchList(list, chapterId, changes, byOwnPage)
        expect(patched.list).toBe(list)
        expect(patched.changed).toEqual(new Set())
      }),
    )
  })
})

const video: Video = {
  id: 'a',
  chapterId: 'one',
  mediaId: 'media',
  filename: 'a.mp4',
  position: 'a0',
  version: 2,
  revision: 1,
  durationSeconds: 1,
}

/** A pending video that the server has confirmed after the list was read. */
const pendingVideo = (changes: Partial<PendingVideo> = {}): PendingVideo => ({
  id: video.id,
  mediaId: video.mediaId,
  durationSeconds: 1,
  blockedBy: null,
  wanted: { isPresent: true, filename: 'a.mp4', chapterId: 'one', position: 'a0' },
  confirmed: {
    status: 'linked',
    filename: 'a.mp4',
    chapterId: 'one',
    position: 'a0',
    version: 2,
    revision: 1,
  },
  confirmedAt: nextLogicalTime(),
  problem: null,
  placeProblem: null,
  status: 'linked',
  filenameStatus: 'saved',
  isMoving: false,
  isEditing: false,
  ...changes,
})

describe('a row with a pending video', () => {
  const removal = createChange('a', null, 2, 9)

  test('is hidden once others have removed it, even if it was confirmed after the list', () => {
    const list = createList([video], 'one')
    const pending = pendingVideo()
    const { list: after } = patchList(list, 'one', [removal], byOthers)
    expect(foldVideos('one', after, [pending])).toEqual([])
  })

  test('stays while its name is being edited, and says that it was removed', () => {
    const list = createList([video], 'one')
    const pending = pendingVideo({ isEditing: true })
    const { list: after } = patchList(list, 'one', [removal], byOthers)
    expect(foldVideos('one', after, [pending])).toMatchObject([{ isRemovedElsewhere: true }])
  })

  test('stays if a removal that has been undone arrives late', () => {
    const restored = { ...video, version: 3, revision: 3 }
    const list = createList([restored], 'one')
    expect(patchList(list, 'one', [removal], byOthers).list).toBe(list)
  })
})
