import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { preferences } from '#client/lib/preferences.ts'
import { type MediaAsset, type MediaSort, mediaSorts } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'

type Keys = ReadonlySet<string | number>
type FindAsset = (id: string) => MediaAsset | undefined

type PickerState = {
  chapterId: string | null
  /** In the order in which they were picked. */
  picks: readonly MediaPick[]
  /** The set that the grid passed in, kept as it is: it also carries the anchor of a range. */
  selectedKeys: Keys
  /** Opens the picker for a chapter. The picks are kept until another chapter's picker is opened. */
  open: (chapterId: string) => void
  select: (keys: Keys, findAsset: FindAsset) => void
  clear: () => void
}

const emptySelection = { picks: [], selectedKeys: new Set<string>() }

export const usePicker = create<PickerState>()((set) => ({
  chapterId: null,
  ...emptySelection,
  open: (chapterId) =>
    set((state) => (state.chapterId === chapterId ? state : { chapterId, ...emptySelection })),
  select: (selectedKeys, findAsset) =>
    set(({ picks }) => ({ selectedKeys, picks: updatePicks(picks, selectedKeys, findAsset) })),
  clear: () => set(emptySelection),
}))

/** The 1-based place of an asset among the picks; 0 if it is not picked. */
export const usePickNumber = (mediaId: string) =>
  usePicker(({ picks }) => picks.findIndex((pick) => pick.mediaId === mediaId) + 1)

function updatePicks(picks: readonly MediaPick[], keys: Keys, findAsset: FindAsset): MediaPick[] {
  const kept = picks.filter(({ mediaId }) => keys.has(mediaId))
  const keptIds = new Set<string | number>(kept.map(({ mediaId }) => mediaId))
  const added = [...keys]
    .filter((key) => !keptIds.has(key))
    .map((key) => findAsset(String(key)))
    .filter((asset) => asset !== undefined)
    .map(({ id, filename, durationSeconds }) => ({ mediaId: id, filename, durationSeconds }))
  return [...kept, ...added]
}

type SortState = { sort: MediaSort; setSort: (sort: MediaSort) => void }

/** The library's sort order, persisted on this device. */
export const useMediaSort = create<SortState>()(
  persist(
    (set) => ({ sort: 'name', setSort: (sort) => set({ sort }) }),
    preferences(
      'lectern.media-sort',
      ({ sort }) => ({ sort }),
      ({ sort }) => mediaSorts.some((known) => known === sort),
    ),
  ),
)
