import { expect, test } from 'vitest'
import { diffRows, type FrameLog, type FrameRow } from '../../bench/peer-runs/frame-log.ts'
import { allowance, judgeFrames, type Truth } from '../../bench/peer-runs/judge-frames.ts'

const pressedAt = 1000
const frameTime = 16
const before = [row('a', 'linked'), row('b', 'linked')]
const picks = [pick('c', 1300), pick('d', 1400), pick('e', 1500, true)]
const truth: Truth = { before, picks }

const pending = [...before, row('c'), row('d'), row('e')]
const settled = [...before, row('c', 'linked'), row('d', 'linked'), row('e', 'failed')]
const none = { missing: 0, vanished: 0, doubled: 0, stale: 0, misplaced: 0, any: 0 }

function row(mediaId: string, status = 'pending', filename = `${mediaId}.mp4`): FrameRow {
  return { mediaId, status, filename }
}

function pick(mediaId: string, answeredAt: number, isRefused = false) {
  return { mediaId, filename: `${mediaId}.mp4`, answeredAt, isRefused }
}

/** Creates a log of frames, each given as its time after the press and its rows. */
function createLog(frames: readonly (readonly [number, readonly FrameRow[]])[], savedAt = 0) {
  const log: FrameLog = {
    paintedAt: [],
    changes: [],
    pressedAt,
    savedAt,
    unfocusedFrames: 0,
    longestInteraction: 0,
    longTasks: 0,
    blockedTime: 0,
  }
  let shown: readonly FrameRow[] = []
  for (const [time, rows] of frames) {
    const change = diffRows(shown, rows)
    if (change) log.changes.push({ frame: log.paintedAt.length, ...change })
    log.paintedAt.push(pressedAt + time)
    shown = rows
  }
  return log
}

test('a perfect run has no wrong frames', () => {
  const log = createLog([
    [-frameTime, before],
    [frameTime, pending],
    [400, [...before, row('c', 'linked'), row('d'), row('e')]],
    [550, settled],
    [600, settled],
  ])
  expect(judgeFrames(log, truth)).toEqual({
    painted: frameTime,
    settled: 550,
    wrong: none,
    frames: 4,
  })
})

test('a refused row may disappear once it is answered', () => {
  const log = createLog([
    [frameTime, pending],
    [500, settled.slice(0, 4)],
  ])
  expect(judgeFrames(log, truth)).toMatchObject({ settled: 500, wrong: none })
})

test.each([
  { what: 'is gone', rows: pending.slice(0, 4), fault: { missing: 1, vanished: 1 } },
  { what: 'from before is gone', rows: pending.slice(1), fault: { missing: 1, vanished: 1 } },
  { what: 'appears twice', rows: [...pending, row('c')], fault: { doubled: 1, misplaced: 1 } },
  {
    what: 'has another place',
    rows: [...before, row('d'), row('c'), row('e')],
    fault: { misplaced: 1 },
  },
  {
    what: 'has another name',
    rows: [...pending.slice(0, 4), row('e', 'pending', 'Other.mp4')],
    fault: { stale: 1 },
  },
])('a single frame in which a row $what is counted', ({ rows, fault }) => {
  const log = createLog([
    [frameTime, pending],
    [50, rows],
    [60, pending],
    [600, settled],
  ])
  const { wrong } = judgeFrames(log, truth)
  expect(wrong).toEqual({ ...none, ...fault, any: 1 })
})

test('a late row is missing in every frame after the allowance', () => {
  const log = createLog([
    [frameTime, before],
    [allowance + 1, before],
    [200, before],
    [600, settled],
  ])
  const { painted, wrong } = judgeFrames(log, truth)
  expect({ painted, wrong }).toEqual({ painted: 600, wrong: { ...none, missing: 2, any: 2 } })
})

test('a refused row that still looks pending is stale', () => {
  const hopeful = [...settled.slice(0, 4), row('e')]
  const log = createLog([
    [frameTime, pending],
    [500 + allowance, hopeful],
    [500 + allowance + 1, hopeful],
    [700, settled],
  ])
  const { settled: settledAfter, wrong } = judgeFrames(log, truth)
  expect({ settledAfter, wrong }).toEqual({
    settledAfter: 700,
    wrong: { ...none, stale: 1, any: 1 },
  })
})

test('rows that settle and then change again are not settled', () => {
  const log = createLog([
    [frameTime, pending],
    [600, settled],
    [700, settled.slice(0, 3)],
  ])
  expect(judgeFrames(log, truth).settled).toBe(Number.POSITIVE_INFINITY)
})

const renamed: Truth = { ...truth, rename: { mediaId: 'c', filename: 'Typed.mp4' } }
const withTyped = settled.map((row) =>
  row.mediaId === 'c' ? { ...row, filename: 'Typed.mp4' } : row,
)
const savedAfter = 700

test('a typed name may be shown once saved, and must be shown after the allowance', () => {
  const log = createLog(
    [
      [frameTime, pending],
      [600, settled],
      [savedAfter + 1, settled],
      [savedAfter + allowance + 1, settled],
      [savedAfter + allowance + 2, withTyped],
    ],
    pressedAt + savedAfter,
  )
  expect(judgeFrames(log, renamed).wrong).toEqual({ ...none, stale: 1, any: 1 })
})

test('a typed name that reverts is stale at once', () => {
  const log = createLog(
    [
      [frameTime, pending],
      [600, settled],
      [savedAfter + 1, withTyped],
      [savedAfter + 2, settled],
      [savedAfter + 3, withTyped],
    ],
    pressedAt + savedAfter,
  )
  expect(judgeFrames(log, renamed).wrong).toEqual({ ...none, stale: 1, any: 1 })
})

test.each([
  { after: before, change: undefined },
  { after: [], change: { start: 0, removed: 2, added: [] } },
  { after: [row('a', 'linked')], change: { start: 1, removed: 1, added: [] } },
  { after: [row('x'), ...before], change: { start: 0, removed: 0, added: [row('x')] } },
  {
    after: [row('a', 'failed'), row('b', 'linked')],
    change: { start: 0, removed: 1, added: [row('a', 'failed')] },
  },
])('two lists differ by one splice: $change', ({ after, change }) => {
  expect(diffRows(before, after)).toEqual(change)
})
