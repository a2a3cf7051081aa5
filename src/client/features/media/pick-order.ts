import type { MediaPick } from '#contract/videos.ts'
import type { Keys } from './update-picks.ts'

export interface PickTarget {
  /** The pick that the others are placed next to. */
  key: string | number
  side: 'before' | 'after'
}

/** Moves picks before or after another one; among themselves they keep their order. */
export function movePicks(
  picks: readonly MediaPick[],
  moved: Keys,
  { key, side }: PickTarget,
): MediaPick[] {
  if (moved.has(key)) return [...picks]
  const movedPicks = picks.filter(({ mediaId }) => moved.has(mediaId))
  return picks.flatMap((pick) => {
    if (moved.has(pick.mediaId)) return []
    if (pick.mediaId !== key) return [pick]
    return side === 'before' ? [...movedPicks, pick] : [pick, ...movedPicks]
  })
}

/** In seconds. */
export const sumDurations = (picks: readonly MediaPick[]): number =>
  picks.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
