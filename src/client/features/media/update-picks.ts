import type { MediaAsset } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'

type Key = string | number
export type Keys = ReadonlySet<Key>

/**
 * The picks after the selection changes: those still selected, then the new ones in the order they
 * were selected. A range is ordered from its anchor.
 */
export function updatePicks(
  picks: readonly MediaPick[],
  keys: Keys,
  media: readonly MediaAsset[],
): MediaPick[] {
  const kept = picks.filter(({ mediaId }) => keys.has(mediaId))
  const keptIds = new Set(kept.map(({ mediaId }) => mediaId))
  const listed = new Map<Key, MediaAsset>(media.map((asset) => [asset.id, asset]))
  const added = [...keys]
    .map((key) => listed.get(key))
    .filter((asset) => asset !== undefined)
    .filter(({ id }) => !keptIds.has(id))
    .map(({ id, filename, durationSeconds }) => ({ mediaId: id, filename, durationSeconds }))
  return [...kept, ...(isBackwards(keys, media) ? added.reverse() : added)]
}

function isBackwards(keys: Keys, media: readonly MediaAsset[]): boolean {
  const { anchorKey, currentKey } = readRange(keys)
  const find = (key: Key | null) => media.findIndex(({ id }) => id === key)
  return find(anchorKey) > find(currentKey)
}

/** Drops a range unless both its ends are still listed; the next one then starts afresh. */
export function dropUnlistedRange(keys: Keys, isListed: (key: Key) => boolean): Keys {
  const { anchorKey, currentKey } = readRange(keys)
  const ends = [anchorKey, currentKey].filter((key) => key !== null)
  return ends.every(isListed) ? keys : dropRange(keys)
}

/** The same keys without the ends of a range. */
export const dropRange = (keys: Keys): Keys => new Set(keys)

/** React Aria's sets also carry a range's ends, which its types leave out. */
function readRange(keys: Keys): { anchorKey: Key | null; currentKey: Key | null } {
  const { anchorKey = null, currentKey = null } = keys as Keys &
    Partial<ReturnType<typeof readRange>>
  return { anchorKey, currentKey }
}
