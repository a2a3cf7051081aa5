import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MediaFilter } from '#contract/media.ts'
import { mediaQuery, pageSize, type useMedia } from '../api/list-media.ts'
import { usePicker, usePicks } from '../picker.store.ts'

/** So many can be picked at once without loading the library by scrolling. */
const maxPicked = 2_000

export type RestOfLibrary = {
  /** Of how many videos, all or the first that match, those that can be picked would be. */
  count: number
  isAll: boolean
  isLoading: boolean
  pick: () => void
}

/**
 * Once every loaded video is picked: a way to pick the others that match, too.
 * @returns `null` while there is nothing to offer
 */
export function usePickRest(
  filter: MediaFilter,
  library: ReturnType<typeof useMedia>,
  linkedMediaIds: ReadonlySet<string> | undefined,
): RestOfLibrary | null {
  const queryClient = useQueryClient()
  const keys = usePicks(({ selectedKeys }) => selectedKeys)
  const [isLoading, setIsLoading] = useState(false)
  const pages = library.data?.pages ?? []
  const total = pages[0]?.total ?? 0
  const count = Math.min(total, maxPicked)
  const loaded = pages.flatMap(({ media }) => media)
  const available = loaded.filter(({ id }) => !linkedMediaIds?.has(id))
  const isOffered =
    loaded.length < count && available.length > 0 && available.every(({ id }) => keys.has(id))

  const pick = async () => {
    const { chapterId } = usePicker.getState()
    setIsLoading(true)
    try {
      const data = await queryClient.fetchInfiniteQuery({
        ...mediaQuery(filter),
        pages: Math.ceil(count / pageSize),
        staleTime: 0,
      })
      if (usePicker.getState().chapterId !== chapterId) return
      const media = data.pages.flatMap((page) => page.media).slice(0, count)
      pickAll(media.filter(({ id }) => !linkedMediaIds?.has(id)))
    } catch {
      // The library shows the failure of its query.
    } finally {
      setIsLoading(false)
    }
  }

  if (!isOffered && !isLoading) return null
  return { count, isAll: count === total, isLoading, pick: () => void pick() }
}

function pickAll(media: Parameters<ReturnType<typeof usePicker.getState>['select']>[1]) {
  const { chapters, chapterId, select } = usePicker.getState()
  const picked = chapters[chapterId]?.selectedKeys ?? []
  select(new Set([...picked, ...media.map(({ id }) => id)]), media)
}
