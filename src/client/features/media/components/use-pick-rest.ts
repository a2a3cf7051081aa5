import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MediaAsset, MediaFilter } from '#contract/media.ts'
import { mediaQuery, pageSize, type useMedia } from '../api/list-media.ts'
import type { Keys } from '../update-picks.ts'

/** The most assets that can be selected at once, without scrolling through the library. */
const maxSelected = 2_000

export type RestOfLibrary = {
  /** The number of matches to select: all, or the first ones. Disabled ones are skipped. */
  count: number
  isAll: boolean
  isLoading: boolean
  select: () => void
}

export type SelectedAssets = {
  keys: Keys
  /** The assets that can't be selected. */
  disabledKeys: ReadonlySet<string> | undefined
  /** Adds assets to the selection. */
  add: (media: readonly MediaAsset[]) => void
}

/**
 * Offers to select the remaining matches as well, once every loaded video is selected.
 * @returns `null` while there is nothing to offer
 */
export function useSelectRemaining(
  filter: MediaFilter,
  library: ReturnType<typeof useMedia>,
  { keys, disabledKeys, add }: SelectedAssets,
): RestOfLibrary | null {
  const queryClient = useQueryClient()
  const [isLoading, setIsLoading] = useState(false)
  const pages = library.data?.pages ?? []
  const total = pages[0]?.total ?? 0
  const count = Math.min(total, maxSelected)
  const loaded = pages.flatMap(({ media }) => media)
  const available = loaded.filter(({ id }) => !disabledKeys?.has(id))
  const isOffered =
    loaded.length < count && available.length > 0 && available.every(({ id }) => keys.has(id))

  const select = async () => {
    setIsLoading(true)
    try {
      const data = await queryClient.fetchInfiniteQuery({
        ...mediaQuery(filter),
        pages: Math.ceil(count / pageSize),
        staleTime: 0,
      })
      const media = data.pages.flatMap((page) => page.media).slice(0, count)
      add(media.filter(({ id }) => !disabledKeys?.has(id)))
    } catch {
      // The library shows the failure of its query.
    } finally {
      setIsLoading(false)
    }
  }

  if (!isOffered && !isLoading) return null
  return { count, isAll: count === total, isLoading, select: () => void select() }
}
