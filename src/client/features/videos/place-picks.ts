import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { v7 as uuidv7 } from 'uuid'
import type { MediaPick } from '#contract/videos.ts'
import type { VideoInput } from '#machines/video.context.ts'

/** A pick, or a file that is on its way into the library: then its upload has to be over first. */
export type NewVideo = MediaPick & Pick<VideoInput, 'blockedBy'>

/**
 * Gives each pick an id, which it keeps for good, and a place at the end of a chapter.
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
 * Keys for a batch of videos, between two neighbours and in order. Each batch takes a narrow range
 * of its own, drawn at random, so that pages that add at the same place at the same time neither
 * share keys nor interleave: two ranges are the same with a chance of 1 in 2^30.
 * @param after the key before the batch; `null` for none
 * @param before the key after it; `null` for none
 * @param count how many keys
 * @param random a number from 0 up to 1 for each call
 * @returns keys of the `fractional-indexing` package, some 7 characters long where there is room
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
