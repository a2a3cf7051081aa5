import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import { findMatches, searchWords } from '#shared/search-match.ts'
import { SearchDialog } from '#ui/search-dialog.tsx'
import { videosQuery } from '../api/list-videos.ts'
import { useAuthoring } from '../authoring-context.tsx'
import { type FoundVideo, searchVideos } from '../search-videos.ts'
import { readShownVideos } from '../use-chapter.ts'

/** Nobody reads more results; a longer search finds fewer. */
const maxShown = 50

export interface CourseSearchProps {
  /** The chapters of the course, in order. */
  chapters: readonly Chapter[]
  /** Called with the video to go to, and the search text. */
  onChoose: (found: FoundVideo, search: string) => void
  onClose: () => void
}

/** Searches the names of all videos that a course shows. */
export function CourseSearch({ chapters, onChoose, onClose }: CourseSearchProps) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed)
  const { lists, missing } = useChapterVideos(chapters)
  const found = useMemo(() => searchVideos(lists, search), [lists, search])
  const results = useMemo(() => {
    const words = searchWords(search)
    return found.slice(0, maxShown).map(({ chapter, video }) => ({
      id: video.id,
      name: video.filename,
      matches: findMatches(video.filename, words),
      detail: chapter.title,
    }))
  }, [found, search])

  return (
    <SearchDialog
      title="Search this course"
      label="Search this course"
      listLabel="Matching videos"
      typed={typed}
      onType={setTyped}
      results={results}
      status={[describeFound(search, found.length), missing].filter(Boolean).join(' ')}
      onChoose={(id) => {
        const chosen = found.find(({ video }) => video.id === id)
        if (chosen) onChoose(chosen, search)
      }}
      onClose={onClose}
    />
  )
}

function describeFound(search: string, count: number): string {
  if (search.trim() === '') return 'Search by video name.'
  if (count === 0) return 'No matching videos.'
  return count > maxShown
    ? `Showing the first ${maxShown} of ${formatCount(count, 'video')}`
    : formatCount(count, 'video')
}

/** The videos of each chapter, and a message about chapters that can't be searched yet. */
function useChapterVideos(chapters: readonly Chapter[]) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const { responses, loading, failed } = useQueries({
    // A cached list is as fresh as the rows on the page.
    queries: chapters.map(({ id }) => ({ ...videosQuery(id), refetchOnMount: false })),
    combine: (queries) => ({
      responses: queries.map(({ data }) => data),
      loading: queries.filter(({ isPending }) => isPending).length,
      failed: queries.filter(({ isError, data }) => isError && !data).length,
    }),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: new responses have to be read again
  const lists = useMemo(
    () =>
      chapters.map((chapter) => ({
        chapter,
        videos: readShownVideos(authoring, queryClient, chapter.id),
      })),
    [chapters, responses, authoring, queryClient],
  )
  const missing = [
    loading > 0 && `Loading ${formatCount(loading, 'chapter')}…`,
    failed > 0 && `${formatCount(failed, 'chapter')} couldn’t be loaded.`,
  ].filter((message) => message !== false)
  return { lists, missing: missing.join(' ') }
}
