import type { MediaMergeResult } from '#contract/media-merge.ts'
import { isolate } from '#shared/isolate.ts'

/**
 * Describes the result of a merge, in sentences.
 * @param filename the filename of the removed asset
 * @param olderName the filename of the one used instead
 */
export function describeMerge(
  { relinkedCount, keptIn }: MediaMergeResult,
  filename: string,
  olderName: string,
): string {
  const sentences = [`Removed ${isolate(filename)}; kept for 30 days.`]
  if (relinkedCount === 1) sentences.push(`Its video uses “${isolate(olderName)}” now.`)
  if (relinkedCount > 1) {
    sentences.push(`Its ${relinkedCount} videos use “${isolate(olderName)}” now.`)
  }
  const [only] = keptIn
  if (only && keptIn.length === 1) {
    sentences.push(`“${isolate(only.chapterTitle)}” has both, so its video stays as it is.`)
  }
  if (keptIn.length > 1) {
    sentences.push(`${keptIn.length} chapters have both, so their videos stay as they are.`)
  }
  return sentences.join(' ')
}
