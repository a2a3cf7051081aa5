import { create } from 'zustand'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'

type Keys = ReadonlySet<string | number>
type AssetOf = (id: string) => MediaAsset | undefined

type PickerState = {
  chapterId: string | null
  /** In the order in which they were picked. */
  picks: readonly MediaPick[]
  /** The same picks, as the list that shows them handed them over: it keeps the anchor of a range in there. */
  keys: Keys
  /** Begins picking for a chapter; what was picked for it before the picker was closed is still there. */
  begin: (chapterId: string) => void
  pick: (keys: Keys, assetOf: AssetOf) => void
  clear: () => void
}

const nothing = { picks: [], keys: new Set<string>() }

export const usePicker = create<PickerState>()((set) => ({
  chapterId: null,
  ...nothing,
  begin: (chapterId) =>
    set((state) => (state.chapterId === chapterId ? state : { chapterId, ...nothing })),
  pick: (keys, assetOf) => set(({ picks }) => ({ keys, picks: picksOf(keys, picks, assetOf) })),
  clear: () => set(nothing),
}))

/** The place of an asset among the picks, from 1; 0 when it is not picked. */
export const usePickNumber = (mediaId: string) =>
  usePicker(({ picks }) => picks.findIndex((pick) => pick.mediaId === mediaId) + 1)

function picksOf(keys: Keys, before: readonly MediaPick[], assetOf: AssetOf): readonly MediaPick[] {
  const kept = before.filter(({ mediaId }) => keys.has(mediaId))
  const known = new Set<string | number>(kept.map(({ mediaId }) => mediaId))
  const added = [...keys]
    .filter((key) => !known.has(key))
    .map((key) => assetOf(String(key)))
    .filter((asset) => asset !== undefined)
    .map(({ id, filename, durationSeconds }) => ({ mediaId: id, filename, durationSeconds }))
  return [...kept, ...added]
}
