import { useState } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'
import { dropRange, type Keys, updatePicks } from '../update-picks.ts'

type Selected = {
  /** The same set that the grid passed in, since it also carries the ends of a range. */
  keys: Keys
  picks: readonly MediaPick[]
}

const none: Selected = { keys: new Set<string>(), picks: [] }

/**
 * The selected assets, listed or not: they stay selected while the user searches for others.
 * @param media the listed assets, in their order
 */
export function useAssetSelection(media: readonly MediaAsset[]) {
  const [{ keys, picks }, setSelected] = useState(none)
  const add = (added: readonly MediaAsset[]) =>
    setSelected((selected) => {
      const all = new Set([...selected.keys, ...added.map(({ id }) => id)])
      return { keys: all, picks: updatePicks(selected.picks, all, added) }
    })
  return {
    keys,
    picks,
    add,
    select: (selection: 'all' | Keys) =>
      selection === 'all'
        ? add(media)
        : setSelected({ keys: selection, picks: updatePicks(picks, selection, media) }),
    /** Ends the current range: in another order, it would span other assets. */
    endRange: () => setSelected((selected) => ({ ...selected, keys: dropRange(selected.keys) })),
    clear: () => setSelected(none),
  }
}
