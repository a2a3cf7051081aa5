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
  const sentences = [`Removed ${isolate(filename)}.`]
  if (relinkedCount === 1) sentences.push(`Its video now uses “${isolate(olderName)}”.`)
  if (relinkedCount > 1) {
    sentences.push(`Its ${relinkedCount} videos now use “${isolate(olderName)}”.`)
  }
  const [only] = keptIn
  if (only && keptIn.length === 1) {
    sentences.push(`“${isolate(only.chapterTitle)}” already has both, so its videos are unchanged.`)
  }
  if (keptIn.length > 1) {
    sentences.push(`${keptIn.length} chapters already have both, so their videos are unchanged.`)
  }
  return sentences.join(' ')
}
