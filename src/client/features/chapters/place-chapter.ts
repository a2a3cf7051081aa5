import { generateKeyBetween } from 'fractional-indexing'
import { createBatchKeys } from '#client/lib/batch-keys.ts'
import type { Chapter } from '#contract/chapters.ts'
import type { ChapterPlace } from './fold-chapters.ts'

/**
 * Computes the place directly after a chapter. Its key is chosen at random, so that the server
 * keeps it even if someone else moves a chapter there at the same time.
 * @param chapters as shown, in order
 * @param after the id of that chapter; `null` for the first place. An id that is not shown means
 *   the last place.
 * @param movedId the chapter being moved, if it is one of those
 */
export function placeAfter(
  chapters: readonly Chapter[],
  after: string | null,
  movedId?: string,
): ChapterPlace {
  const others = chapters.filter(({ id }) => id !== movedId)
  const index = after === null ? -1 : others.findIndex(({ id }) => id === after)
  const isShown = after === null || index !== -1
  const previous = isShown ? others[index] : others.at(-1)
  const next = isShown ? others[index + 1] : undefined
  const lower = previous?.position ?? null
  const upper = next?.position ?? null
  return { position: keyBetween(lower, upper), after: previous?.id ?? null }
}

/** Finds the id of the chapter before another one; `null` for the first. */
export const findPrevious = (chapters: readonly Chapter[], chapterId: string): string | null =>
  chapters[chapters.findIndex(({ id }) => id === chapterId) - 1]?.id ?? null

/** Returns a neighbour's key where no key fits in between: the server then makes room. */
function keyBetween(lower: string | null, upper: string | null): string {
  if (lower !== null && upper !== null && lower >= upper) return lower
  try {
    const [key = ''] = createBatchKeys(lower, upper, 1, Math.random)
    return key.length <= maxKeyLength ? key : (lower ?? upper ?? key)
  } catch {
    // There is no key below the smallest integer.
    return upper ?? generateKeyBetween(null, null)
  }
}

// The contract's limit for a position.
const maxKeyLength = 256

/**
 * Computes the place of a chapter moved by one step; `undefined` if it is already first or last.
 * @param chapters as shown, in order
 * @param step -1 for up, 1 for down
 */
export function placeOneStep(
  chapters: readonly Chapter[],
  chapterId: string,
  step: -1 | 1,
): ChapterPlace | undefined {
  const index = chapters.findIndex(({ id }) => id === chapterId)
  const to = index + step
  if (index === -1 || to < 0 || to >= chapters.length) return undefined
  const previous = step === 1 ? chapters[to] : chapters[to - 1]
  return placeAfter(chapters, previous?.id ?? null, chapterId)
}
