import { useDeferredValue, useMemo, useState } from 'react'
import { useMedia } from '../api/list-media.ts'
import { useTagged } from '../api/tag-assets.ts'
import { type PickTargetChapter, toFilter, useMediaList } from '../picker.store.ts'

export type Library = ReturnType<typeof useLibrary>

/**
 * The library, searched, sorted and filtered, page by page.
 * @param place the chapter to pick videos for, if any
 */
export function useLibrary(place?: PickTargetChapter) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const { sort, use, tag } = useMediaList()
  const filter = toFilter(search, { sort, use, tag }, place)
  const query = useMedia(filter)
  const listed = useMemo(() => query.data?.pages.flatMap((page) => page.media), [query.data])
  const media = useTagged(listed)
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
