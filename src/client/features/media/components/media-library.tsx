import { type ReactNode, type RefObject, useMemo, useRef } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { ModalDialog } from '#ui/dialog.tsx'
import { Name } from '#ui/name.tsx'
import { type PickTargetChapter, usePicker, usePicks } from '../picker.store.ts'
import { LibraryFailure, LoadError, NoMedia } from './library-notices.tsx'
import { LibraryToolbar } from './library-toolbar.tsx'
import { MediaGridSkeleton } from './media-grid.tsx'
import { PickBar } from './pick-bar.tsx'
import { PickGrid } from './pick-grid.tsx'
import { TagBar } from './tag-bar.tsx'
import { type Library, useLibrary } from './use-library.ts'
import { useSelectRemaining } from './use-pick-rest.ts'

type MediaLibraryProps = {
  chapter: PickTargetChapter & { title: string }
  /** The assets that can't be picked; nothing is listed until they are known. */
  linkedMediaIds: ReadonlySet<string> | undefined
  /** Why they could not be loaded, and a way to retry. */
  chapterFailure: { error: Error; refetch: () => unknown } | undefined
  onAdd: (picks: readonly MediaPick[]) => void
  onPreview: (asset: MediaAsset) => void
  onClose: () => void
  /** More buttons, next to the search field. */
  actions: ReactNode
}

/** The media library as a dialog for picking videos. `usePicker` holds the picks. */
export function MediaLibrary(props: MediaLibraryProps) {
  const { chapter, linkedMediaIds, onAdd, onClose, actions } = props
  const library = useLibrary(chapter)
  const { typed, setTyped, total } = library
  const rest = useSelectRemaining(library.filter, library.query, {
    keys: usePicks(({ selectedKeys }) => selectedKeys),
    disabledKeys: linkedMediaIds,
    add: (media) => pickMore(chapter.id, media),
  })
  const endRange = usePicker((state) => state.endRange)
  const grid = useRef<HTMLDivElement>(null)

  return (
    <ModalDialog
      title="Media library"
      subtitle={
        <>
          Select videos for “<Name>{chapter.title}</Name>”
        </>
      }
      size="full"
      onClose={onClose}
      onEscape={typed === '' ? undefined : () => setTyped('')}
    >
      <div className="flex flex-wrap gap-2 border-b border-line px-5 pb-3 max-sm:px-4">
        <LibraryToolbar
          isPicking
          typed={typed}
          onType={setTyped}
          onLeave={() => grid.current?.focus()}
          onReorder={endRange}
        />
        {actions}
        <div className="basis-full empty:hidden">
          <TagBar onFilter={endRange} />
        </div>
      </div>
      <LibraryContent {...props} library={library} grid={grid} />
      <PickBar
        found={total === undefined ? undefined : formatCount(total, 'video')}
        linkedMediaIds={linkedMediaIds}
        rest={rest}
        onAdd={onAdd}
        onCancel={onClose}
        onAddWithoutPicks={() => grid.current?.focus()}
      />
    </ModalDialog>
  )
}

/** Adds assets to the picks, if the picker is still open for the chapter. */
function pickMore(forChapterId: string, media: readonly MediaAsset[]) {
  const { chapters, chapterId, select } = usePicker.getState()
  if (chapterId !== forChapterId) return
  const picked = chapters[chapterId]?.selectedKeys ?? []
  select(new Set([...picked, ...media.map(({ id }) => id)]), media)
}

type LibraryContentProps = Pick<
  MediaLibraryProps,
  'linkedMediaIds' | 'chapterFailure' | 'onPreview'
> & {
  library: Library
  grid: RefObject<HTMLDivElement | null>
}

function LibraryContent(props: LibraryContentProps) {
  const { linkedMediaIds, chapterFailure, onPreview, library, grid } = props
  const { query, filter } = library
  // Leaves out what was just added here, before the server does.
  const leftOut = filter.notInChapter === undefined ? undefined : linkedMediaIds
  const media = useMemo(
    () => (leftOut ? library.media?.filter(({ id }) => !leftOut.has(id)) : library.media),
    [leftOut, library.media],
  )
  const isChapterUnknown = !linkedMediaIds && chapterFailure !== undefined
  const isPending = query.isPending || (query.isSuccess && !linkedMediaIds && !isChapterUnknown)

  return (
    // At least as high as two rows of tiles.
    <div className="flex min-h-84 flex-1 flex-col px-3 max-sm:px-1">
      <LibraryFailure library={library} />
      {isChapterUnknown && (
        <LoadError
          title="The chapter’s videos couldn’t be loaded."
          error={chapterFailure.error}
          onRetry={chapterFailure.refetch}
        />
      )}
      {isPending && <MediaGridSkeleton />}
      {linkedMediaIds && media?.length === 0 && <NoMedia library={library} />}
      {linkedMediaIds && media !== undefined && media.length > 0 && (
        <PickGrid
          ref={grid}
          media={media}
          linkedMediaIds={linkedMediaIds}
          onPreview={onPreview}
          isLoadingMore={query.isFetchingNextPage}
          onLoadMore={library.loadMore}
        />
      )}
    </div>
  )
}
