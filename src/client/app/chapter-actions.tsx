import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { Button } from '#ui/button.tsx'
import { focusHeaderOnUnmount } from '#ui/focus.ts'
import { AddIcon } from '#ui/icons.tsx'
import { mediaQuery } from '../features/media/api/list-media.ts'
import { toFilter, useMediaList } from '../features/media/picker.store.ts'
import { ChapterMenuButton } from './chapter-menu-button.tsx'
import { preloadMediaLibrary } from './dialog-code.ts'
import { openMediaLibrary } from './keys/open-media-library.ts'

/** Adds videos to a chapter, and opens its menu. */
export function ChapterActions({ chapter }: { chapter: Chapter }) {
  const queryClient = useQueryClient()

  const preloadLibrary = () => {
    preloadMediaLibrary()
    const filter = toFilter('', useMediaList.getState(), chapter)
    void queryClient.prefetchInfiniteQuery(mediaQuery(filter))
  }

  return (
    <>
      <Button
        ref={focusHeaderOnUnmount}
        icon={<AddIcon />}
        onPointerEnter={preloadLibrary}
        onFocus={preloadLibrary}
        onClick={() => openMediaLibrary(chapter)}
      >
        Add videos
      </Button>
      <span ref={focusHeaderOnUnmount} className="max-sm:ml-auto">
        <ChapterMenuButton chapter={chapter} />
      </span>
    </>
  )
}
