/** A row as a frame showed it. */
export interface FrameRow {
  mediaId: string
  status: string
  filename: string
}

/** How the list changed from one frame to the next: `removed` rows at `start` became `added`. */
export interface FrameChange {
  frame: number
  start: number
  removed: number
  added: FrameRow[]
}

/**
 * What a page showed, frame by frame; times in milliseconds since 1970.
 * The list is read within each frame, when its tasks are done and before it is painted.
 */
export interface FrameLog {
  /** When each frame was painted. */
  paintedAt: number[]
  /** The frames in which the list changed; the first frame's rows are the first change. */
  changes: FrameChange[]
  /** When `Add N videos` was pressed, by the event's own time; 0 for never. */
  pressedAt: number
  /** When the new filename was saved in the editor; 0 for never. */
  savedAt: number
  /** Frames in which the editor that was open was not focused, or its caret was not at the end. */
  unfocusedFrames: number
  /** The longest interaction, from its input to the next paint, by Event Timing, in ms. */
  longestInteraction: number
  longTasks: number
  /** How far long tasks exceeded 50 ms in total, in ms. */
  blockedTime: number
}

/** The difference of two lists as one splice. */
export function diffRows(
  before: readonly FrameRow[],
  after: readonly FrameRow[],
): Omit<FrameChange, 'frame'> | undefined {
  const isSame = (a: FrameRow | undefined, b: FrameRow | undefined) =>
    a === b || (a?.mediaId === b?.mediaId && a?.status === b?.status && a?.filename === b?.filename)
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start += 1
  let kept = 0
  while (
    kept < shorter - start &&
    isSame(before[before.length - 1 - kept], after[after.length - 1 - kept])
  ) {
    kept += 1
  }
  const removed = before.length - start - kept
  const added = after.slice(start, after.length - kept)
  return removed === 0 && added.length === 0 ? undefined : { start, removed, added }
}
