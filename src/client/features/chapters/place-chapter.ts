import { generateKeyBetween } from 'fractional-indexing'
import type { Chapter } from '#contract/chapters.ts'
import type { ChapterPlace } from './fold-chapters.ts'

/**
 * Computes the place directly after a chapter.
 * @param chapters as they are shown, in order
 * @param after the id of that chapter; `null` for the first place. One that is not
 *   shown stands for the last one.
 * @param movedId the chapter that is moved, if it is one of those
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

/** Where there is no key in between, the server makes room. */
function keyBetween(lower: string | null, upper: string | null): string {
  if (lower !== null && upper !== null && lower >= upper) return lower
  try {
    const key = generateKeyBetween(lower, upper)
    return key.length <= maxKeyLength ? key : (lower ?? upper ?? key)
  } catch {
    // There is no key below the smallest integer.
    return upper ?? generateKeyBetween(null, null)
  }
}

// The contract takes no longer one.
const maxKeyLength = 256

/**
 * Computes the place of a chapter that is moved by a step; `undefined` if it is the first or last.
 * @param chapters as they are shown, in order
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
