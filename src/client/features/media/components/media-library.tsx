import { useInfiniteQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { errorMessage } from '#client/lib/http.ts'
import type { MediaSort } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { ModalDialog } from '#ui/dialog.tsx'
import { EmptyState, ErrorNotice } from '#ui/feedback.tsx'
import { FilmIcon, SearchIcon } from '#ui/icons.tsx'
import { SearchField } from '#ui/search-field.tsx'
import { Select } from '#ui/select.tsx'
import { mediaQuery } from '../api/list-media.ts'
import { useMediaSort } from '../sort.store.ts'
import { MediaGrid } from './media-grid.tsx'
import { MediaGridSkeleton } from './media-grid-skeleton.tsx'
import { PickBar } from './pick-bar.tsx'

type MediaLibraryProps = {
  chapterTitle: string
  /** What can't be picked. Until that is known, nothing is shown to pick from. */
  linkedMediaIds: ReadonlySet<string> | undefined
  /** Why that could not be found out, and how to try again. */
  chapterFailure: { error: Error; refetch: () => unknown } | undefined
  onAdd: (picks: readonly MediaPick[]) => void
  onClose: () => void
}

/** The library as a dialog to pick videos from. What is picked is in `usePicker`. */
export function MediaLibrary(props: MediaLibraryProps) {
  const { chapterTitle, linkedMediaIds, chapterFailure, onAdd, onClose } = props
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const { sort, setSort } = useMediaSort()
  const library = useInfiniteQuery(mediaQuery({ search, sort }))
  const media = useMemo(() => library.data?.pages.flatMap((page) => page.media), [library.data])
  const isChapterUnknown = !linkedMediaIds && chapterFailure !== undefined
  const isPending = library.isPending || (library.isSuccess && !linkedMediaIds && !isChapterUnknown)
  const grid = useRef<HTMLDivElement>(null)

  return (
    <ModalDialog
      title="Media library"
      subtitle={`Pick videos for “${chapterTitle}”`}
      size="full"
      onClose={onClose}
    >
      <div className="flex gap-2 border-b border-line px-5 pb-3 max-sm:px-4">
        <SearchField
          label="Search videos"
          value={typed}
          onChange={setTyped}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            grid.current?.focus()
          }}
          autoFocus={!matchMedia('(pointer: coarse)').matches}
        />
        <Select label="Sort by" value={sort} options={sortNames} onChange={setSort} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col px-3 max-sm:px-1">
        {library.isError && (
          <Failure
            title="The library could not be loaded."
            error={library.error}
            onRetry={() => (media ? library.fetchNextPage() : library.refetch())}
          />
        )}
        {isChapterUnknown && (
          <Failure
            title="What the chapter has already could not be loaded."
            error={chapterFailure.error}
            onRetry={chapterFailure.refetch}
          />
        )}
        {isPending && <MediaGridSkeleton />}
        {linkedMediaIds && media?.length === 0 && <NothingHere search={search} />}
        {linkedMediaIds && media !== undefined && media.length > 0 && (
          <MediaGrid
            ref={grid}
            media={media}
            linkedMediaIds={linkedMediaIds}
            isLoadingMore={library.isFetchingNextPage}
            onLoadMore={() => {
              if (library.hasNextPage && !library.isFetching) library.fetchNextPage()
            }}
          />
        )}
      </div>
      <PickBar
        found={library.data && formatCount(library.data.pages[0]?.total ?? 0, 'video')}
        onAdd={onAdd}
        onCancel={onClose}
        onPickNothing={() => grid.current?.focus()}
      />
    </ModalDialog>
  )
}

const sortNames: Record<MediaSort, string> = {
  name: 'By name',
  newest: 'Newest first',
  shortest: 'Shortest first',
  longest: 'Longest first',
}

type FailureProps = { title: string; error: Error; onRetry: () => unknown }

const Failure = ({ title, error, onRetry }: FailureProps) => (
  <div className="p-2">
    <ErrorNotice title={title} reason={errorMessage(error)} onRetry={onRetry} />
  </div>
)

const NothingHere = ({ search }: { search: string }) =>
  search === '' ? (
    <EmptyState icon={<FilmIcon />} title="The library is empty">
      Videos show up here as soon as they are in the library.
    </EmptyState>
  ) : (
    <EmptyState icon={<SearchIcon />} title={`No video matches “${search}”`}>
      Try a shorter word, or another spelling. What you have picked stays picked.
    </EmptyState>
  )
