import { describeError } from '#client/lib/http.ts'
import { isolate } from '#shared/isolate.ts'
import { EmptyState, ErrorNotice } from '#ui/feedback.tsx'
import { FilmIcon, SearchIcon } from '#ui/icons.tsx'
import type { Library } from './use-library.ts'

/** Explains why the library, or its next page, could not be loaded. */
export const LibraryFailure = ({ library: { query, media } }: { library: Library }) =>
  query.isError && (
    <LoadError
      title="The library couldn’t be loaded."
      error={query.error}
      onRetry={() => (media ? query.fetchNextPage() : query.refetch())}
    />
  )

type LoadErrorProps = { title: string; error: Error; onRetry: () => unknown }

export const LoadError = ({ title, error, onRetry }: LoadErrorProps) => (
  <div className="p-2">
    <ErrorNotice title={title} reason={describeError(error)} onRetry={onRetry} />
  </div>
)

type LoadFailureProps = {
  title: string
  query: { isLoadingError: boolean; error: Error | null; refetch: () => unknown }
}

/** Explains why something has not been loaded; shows nothing for an older copy of it. */
export const LoadFailure = ({
  title,
  query: { isLoadingError, error, refetch },
}: LoadFailureProps) =>
  isLoadingError && (
    <ErrorNotice title={title} reason={describeError(error)} onRetry={() => refetch()} />
  )

/** Explains why nothing is listed, and what to do about it. */
export function NoMedia({ library: { search, filter } }: { library: Library }) {
  if (search !== '') {
    return (
      <EmptyState icon={<SearchIcon />} title={`No videos match “${isolate(search)}”`}>
        Try a shorter word or another spelling. Your selection is kept.
      </EmptyState>
    )
  }
  const { use, notInChapter, notInCourse, tag } = filter
  if (tag !== undefined) {
    return (
      <EmptyState icon={<FilmIcon />} title={`No videos with the tag “${isolate(tag)}”`}>
        Press the tag again to see the rest.
      </EmptyState>
    )
  }
  return use === 'any' && !notInChapter && !notInCourse ? (
    <EmptyState icon={<FilmIcon />} title="The library is empty">
      Drop video files anywhere on the page, or press Upload.
    </EmptyState>
  ) : (
    <EmptyState icon={<FilmIcon />} title="No other videos">
      Choose “All videos” to see the rest.
    </EmptyState>
  )
}
