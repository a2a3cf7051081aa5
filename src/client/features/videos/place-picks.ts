import { v7 as uuidv7 } from 'uuid'
import { createBatchKeys } from '#client/lib/batch-keys.ts'
import type { MediaPick } from '#contract/videos.ts'
import type { VideoInput } from '#machines/video.context.ts'

/** A pick, or a file whose upload has to finish before it can be linked. */
export type NewVideo = MediaPick & Pick<VideoInput, 'blockedBy'>

/**
 * Gives each pick a permanent id and a place at the end of a chapter.
 * @param picks in the order they were picked
 * @param after the key of the chapter's last video; `null` for an empty chapter
 */
export function placePicks(
  picks: readonly NewVideo[],
  chapterId: string,
  after: string | null,
  random: () => number = Math.random,
): VideoInput[] {
  const positions = createBatchKeys(after, null, picks.length, random)
  return picks.map((pick, index) => ({
    ...pick,
    id: uuidv7(),
    chapterId,
    position: positions[index] ?? '',
    version: 0,
    revision: 0,
  }))
}
