import type { FrameLog, FrameRow } from './frame-log.ts'

/** What was done in a run, and how the server responded; times in milliseconds since 1970. */
export interface Truth {
  /** The rows before the press, in order. */
  before: readonly { mediaId: string; filename: string }[]
  /** The picks, in order. */
  picks: readonly TruePick[]
  /** The renaming of one pick. */
  rename?: { mediaId: string; filename: string }
}

interface TruePick {
  mediaId: string
  filename: string
  /** When the server responded to its link. */
  answeredAt: number
  isRefused: boolean
}

/** How many frames showed something wrong. A frame may have several faults. */
export interface WrongFrames {
  /** A row is missing: it has not been shown yet, or it has vanished. */
  missing: number
  /** Of the missing ones: the row was shown before. */
  vanished: number
  doubled: number
  /** A row still or again has an old filename, or a refused link looks as if it might succeed. */
  stale: number
  misplaced: number
  /** Frames with any of these. */
  any: number
}

export interface Judgement {
  /**
   * From the press to the paint of all picks that are not refused by then, in ms; infinite if they
   * were never all shown.
   */
  painted: number
  /** From the press until every pick is settled for good, in ms; infinite if that never happens. */
  settled: number
  wrong: WrongFrames
  /** How many frames were painted from the press on. */
  frames: number
}

/**
 * How long the page may take to show an action or a response, in ms: a shorter time feels instant
 * (https://web.dev/articles/rail). What the page has shown once, it must keep showing.
 */
export const allowance = 100

type Fault = Exclude<keyof WrongFrames, 'any'>

/** Compares every frame since the press with what should have been shown. */
export function judgeFrames(log: FrameLog, truth: Truth): Judgement {
  const judge = createJudge(log, truth)
  const wrong: WrongFrames = {
    missing: 0,
    vanished: 0,
    doubled: 0,
    stale: 0,
    misplaced: 0,
    any: 0,
  }
  let rows: FrameRow[] = []
  let peekChange = 0
  let frames = 0
  let painted = Number.POSITIVE_INFINITY
  let settled = Number.POSITIVE_INFINITY
  for (const [frame, paintedAt] of log.paintedAt.entries()) {
    for (
      let change = log.changes[peekChange];
      change?.frame === frame;
      change = log.changes[peekChange]
    ) {
      rows = rows.toSpliced(change.start, change.removed, ...change.added)
      peekChange += 1
    }
    if (paintedAt < log.pressedAt) continue
    frames += 1
    const verdict = judge(rows, paintedAt)
    for (const fault of verdict.faults) wrong[fault] += 1
    if (verdict.faults.size > 0) wrong.any += 1
    const time = paintedAt - log.pressedAt
    if (verdict.showsAll) painted = Math.min(painted, time)
    settled = verdict.isSettled ? Math.min(settled, time) : Number.POSITIVE_INFINITY
  }
  return { painted, settled, wrong, frames }
}

/** Creates a function that judges the frames in order. */
function createJudge({ pressedAt, savedAt }: FrameLog, { before, picks, rename }: Truth) {
  const order = new Map([...before, ...picks].map(({ mediaId }, index) => [mediaId, index]))
  const names = new Map([...before, ...picks].map(({ mediaId, filename }) => [mediaId, filename]))
  const picked = new Map(picks.map((pick) => [pick.mediaId, pick]))
  const shownBefore = new Set(before.map(({ mediaId }) => mediaId))
  let wasRenamed = false

  function findMissing(shown: ReadonlySet<string>, at: number, faults: Set<Fault>) {
    for (const mediaId of order.keys()) {
      const pick = picked.get(mediaId)
      if (shown.has(mediaId) || (pick && isRefusedBy(pick, at))) continue
      if (shownBefore.has(mediaId)) faults.add('missing').add('vanished')
      else if (at > pressedAt + allowance) faults.add('missing')
    }
  }

  function isStale({ mediaId, filename, status }: FrameRow, at: number): boolean {
    const pick = picked.get(mediaId)
    const isAnswered = pick?.isRefused && at > pick.answeredAt + allowance
    if (isAnswered && status !== 'failed') return true
    if (mediaId !== rename?.mediaId || savedAt === 0) return filename !== names.get(mediaId)
    if (filename === rename.filename) {
      wasRenamed = true
      return false
    }
    return filename !== names.get(mediaId) || wasRenamed || at > savedAt + allowance
  }

  return (rows: readonly FrameRow[], at: number) => {
    const faults = new Set<Fault>()
    const shown = new Set(rows.map(({ mediaId }) => mediaId))
    if (shown.size < rows.length) faults.add('doubled')
    findMissing(shown, at, faults)
    let last = -1
    for (const row of rows) {
      const place = order.get(row.mediaId) ?? -1
      if (place < last) faults.add('misplaced')
      last = place
      if (isStale(row, at)) faults.add('stale')
      shownBefore.add(row.mediaId)
    }
    const statuses = new Map(rows.map(({ mediaId, status }) => [mediaId, status]))
    const isSettled = picks.every((pick) => {
      const status = statuses.get(pick.mediaId)
      if (status === undefined) return isRefusedBy(pick, at)
      return pick.isRefused ? isRefusedBy(pick, at) && status === 'failed' : status === 'linked'
    })
    const showsAll = picks.every((pick) => shown.has(pick.mediaId) || isRefusedBy(pick, at))
    return { faults, isSettled, showsAll }
  }
}

/** A refused pick may be gone, or say that it failed. */
const isRefusedBy = ({ isRefused, answeredAt }: TruePick, at: number) =>
  isRefused && at >= answeredAt
