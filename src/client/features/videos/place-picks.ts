import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
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
  const positions = batchKeys(after, null, picks.length, random)
  return picks.map((pick, index) => ({
    ...pick,
    id: uuidv7(),
    chapterId,
    position: positions[index] ?? '',
    version: 0,
    revision: 0,
  }))
}

/**
 * Generates keys for a batch of videos between two neighbours, in order. Each batch gets a narrow
 * range of its own, chosen at random, so that pages that add at the same place at the same time
 * neither share keys nor interleave: the chance that two ranges coincide is 1 in 2^30.
 * @param after the key before the batch; `null` for none
 * @param before the key after it; `null` for none
 * @param count how many keys
 * @param random a source of randomness, like `Math.random`
 * @returns keys of the `fractional-indexing` package, about 7 characters long if there is room
 */
export function batchKeys(
  after: string | null,
  before: string | null,
  count: number,
  random: () => number,
): string[] {
  let low = after
  let high = before ?? keyAfter(keyAfter(after))
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = generateKeyBetween(low, high)
    if (random() < 0.5) high = middle
    else low = middle
  }
  return generateNKeysBetween(low, high, count)
}

const halvings = 30

const keyAfter = (key: string | null) => generateKeyBetween(key, null)
