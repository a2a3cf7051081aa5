import { useDeferredValue, useMemo, useState } from 'react'
import { useMedia } from '../api/list-media.ts'
import { type PickPlace, toFilter, useMediaList } from '../picker.store.ts'

export type Library = ReturnType<typeof useLibrary>

/**
 * The library, searched, sorted and filtered, page by page.
 * @param place the chapter to pick videos for, if any
 */
export function useLibrary(place?: PickPlace) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const { sort, use } = useMediaList()
  const filter = toFilter(search, { sort, use }, place)
  const query = useMedia(filter)
  const media = useMemo(() => query.data?.pages.flatMap((page) => page.media), [query.data])
  return {
    typed,
    setTyped,
    search,
    filter,
    query,
    media,
    /** How many assets match; `undefined` until known. */
    total: query.data?.pages[0]?.total,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) query.fetchNextPage()
    },
  }
}
