import { create } from 'zustand'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'

type Keys = ReadonlySet<string | number>
type FindAsset = (id: string) => MediaAsset | undefined

type PickerState = {
  chapterId: string | null
  /** In the order in which they were picked. */
  picks: readonly MediaPick[]
  /** The same picks, as the list that shows them handed them over: it keeps the anchor of a range in there. */
  keys: Keys
  /** Begins picking for a chapter; what was picked for it before the picker was closed is still there. */
  open: (chapterId: string) => void
  pick: (keys: Keys, assetOf: FindAsset) => void
  clear: () => void
}

const emptySelection = { picks: [], keys: new Set<string>() }

export const usePicker = create<PickerState>()((set) => ({
  chapterId: null,
  ...emptySelection,
  open: (chapterId) =>
    set((state) => (state.chapterId === chapterId ? state : { chapterId, ...emptySelection })),
  pick: (keys, assetOf) => set(({ picks }) => ({ keys, picks: updatePicks(keys, picks, assetOf) })),
  clear: () => set(emptySelection),
}))

/** The place of an asset among the picks, from 1; 0 when it is not picked. */
export const usePickNumber = (mediaId: string) =>
  usePicker(({ picks }) => picks.findIndex((pick) => pick.mediaId === mediaId) + 1)

function updatePicks(
  keys: Keys,
  before: readonly MediaPick[],
  assetOf: FindAsset,
): readonly MediaPick[] {
  const kept = before.filter(({ mediaId }) => keys.has(mediaId))
  const known = new Set<string | number>(kept.map(({ mediaId }) => mediaId))
  const added = [...keys]
    .filter((key) => !known.has(key))
    .map((key) => assetOf(String(key)))
    .filter((asset) => asset !== undefined)
    .map(({ id, filename, durationSeconds }) => ({ mediaId: id, filename, durationSeconds }))
  return [...kept, ...added]
}
