import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { preferences } from '#client/lib/preferences.ts'
import type { Chapter } from '#contract/chapters.ts'
import {
  type MediaAsset,
  type MediaFilter,
  type MediaSort,
  mediaSorts,
  mediaUses,
} from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'
import { movePicks, type PickTarget } from './pick-order.ts'
import { dropRange, type Keys, updatePicks } from './update-picks.ts'

type ChapterPicks = {
  /** In the order they were picked. */
  picks: readonly MediaPick[]
  /** The same set that the grid passed in, since it also carries the ends of a range. */
  selectedKeys: Keys
}

type PickerState = {
  /** The chapter whose picker was opened last. */
  chapterId: string
  /** Each chapter's picks, until they are added or cleared. */
  chapters: Readonly<Record<string, ChapterPicks>>
  open: (chapterId: string) => void
  /** Replaces the open chapter's picks; `media` are the listed assets, in their order. */
  select: (keys: Keys, media: readonly MediaAsset[]) => void
  /** Ends the current range: in another order, it would span other assets. */
  endRange: () => void
  /** Moves picks before or after another one; among themselves they keep their order. */
  move: (mediaIds: Keys, place: PickTarget) => void
  drop: (mediaId: string) => void
  clear: () => void
}

const noPicks: ChapterPicks = { picks: [], selectedKeys: new Set<string>() }

export const usePicker = create<PickerState>()((set) => {
  const update = (change: (picks: ChapterPicks) => ChapterPicks) =>
    set(({ chapters, chapterId }) => ({
      chapters: { ...chapters, [chapterId]: change(chapters[chapterId] ?? noPicks) },
    }))

  return {
    chapterId: '',
    chapters: {},
    open: (chapterId) => set({ chapterId }),
    select: (selectedKeys, media) =>
      update(({ picks }) => ({ selectedKeys, picks: updatePicks(picks, selectedKeys, media) })),
    endRange: () => update((picks) => ({ ...picks, selectedKeys: dropRange(picks.selectedKeys) })),
    move: (mediaIds, target) =>
      update(({ picks, selectedKeys }) => ({
        selectedKeys,
        picks: movePicks(picks, mediaIds, target),
      })),
    drop: (dropped) =>
      update(({ picks, selectedKeys }) => ({
        selectedKeys: new Set([...selectedKeys].filter((key) => key !== dropped)),
        picks: picks.filter(({ mediaId }) => mediaId !== dropped),
      })),
    clear: () => update(() => noPicks),
  }
})

/** Reads the open chapter's picks. */
export const usePicks = <Value>(read: (picks: ChapterPicks) => Value): Value =>
  usePicker(({ chapters, chapterId }) => read(chapters[chapterId] ?? noPicks))

/** The 1-based place of an asset among the picks; 0 if it is not picked. */
export const usePickNumber = (mediaId: string) =>
  usePicks(({ picks }) => picks.findIndex((pick) => pick.mediaId === mediaId) + 1)

/** Filters by use. The last two apply only when picking videos for a chapter. */
export const shownUses = [...mediaUses, 'not-in-chapter', 'not-in-course'] as const

export type ShownUse = (typeof shownUses)[number]

const mediaViews = ['grid', 'list'] as const

/** Whether assets are shown as tiles or as rows. */
export type MediaView = (typeof mediaViews)[number]

type ListState = {
  sort: MediaSort
  use: ShownUse
  view: MediaView
  /** Lists only what has this tag. */
  tag: string | null
  setSort: (sort: MediaSort) => void
  setUse: (use: ShownUse) => void
  setView: (view: MediaView) => void
  setTag: (tag: string | null) => void
}

/** How the library is sorted, filtered and shown, persisted on this device. */
export const useMediaList = create<ListState>()(
  persist(
    (set) => ({
      sort: 'name',
      use: 'any',
      view: 'grid',
      tag: null,
      setSort: (sort) => set({ sort }),
      setUse: (use) => set({ use }),
      setView: (view) => set({ view }),
      setTag: (tag) => set({ tag }),
    }),
    preferences(
      'lectern.media-list',
      ({ sort, use, view, tag }) => ({ sort, use, view, tag }),
      // Older versions of the page stored no view and no tag.
      ({ sort, use, view = 'grid', tag = null }) =>
        mediaSorts.some((value) => value === sort) &&
        shownUses.some((value) => value === use) &&
        mediaViews.some((value) => value === view) &&
        (tag === null || typeof tag === 'string'),
    ),
  ),
)

/** The chapter to pick videos for. */
export type PickTargetChapter = Pick<Chapter, 'id' | 'courseId'>

/** The filter for the server. Without a place, a use by chapter or course means any use. */
export function toFilter(
  search: string,
  { sort, use, tag }: Pick<ListState, 'sort' | 'use' | 'tag'>,
  place?: PickTargetChapter,
): MediaFilter {
  const filter = { search, sort, ...(tag !== null && { tag }) }
  switch (use) {
    case 'not-in-chapter':
      return { ...filter, use: 'any', ...(place && { notInChapter: place.id }) }
    case 'not-in-course':
      return { ...filter, use: 'any', ...(place && { notInCourse: place.courseId }) }
    default:
      return { ...filter, use }
  }
}
