import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import type { CourseSummary } from '#contract/courses.ts'
import { formatCount } from '#shared/count.ts'
import { readShownChapters } from '../features/chapters/chapter-changes.ts'
import { courseQuery } from '../features/courses/api/get-course.ts'
import {
  type ChapterTotals,
  describeTotals,
  useChapterTotals,
} from '../features/videos/chapter-totals.ts'

/** How many chapters and videos a course has, and their total duration. */
export function CourseTotals({ chapters }: { chapters: readonly Chapter[] }) {
  const totals = useChapterTotals(chapters)
  return (
    <p className="text-ink-soft tabular-nums">
      {`${formatCount(chapters.length, 'chapter')} · ${describeTotals(addUp(totals))}`}
    </p>
  )
}

/**
 * How many chapters and videos a course has, including pending changes. Until the course has
 * loaded, it is what the server has counted for the list; `isExact` is then false.
 */
export function useCourseSize(
  course: CourseSummary,
): Pick<CourseSummary, 'chapterCount' | 'videoCount'> & { isExact: boolean } {
  const queryClient = useQueryClient()
  const { data: loaded } = useQuery(courseQuery(course.id))
  const chapters = useMemo(() => {
    const removedElsewhere = new Set(loaded?.removedElsewhere?.map(({ id }) => id))
    return readShownChapters(queryClient, course.id).filter(({ id }) => !removedElsewhere.has(id))
  }, [queryClient, course.id, loaded])
  const { videoCount } = addUp(useChapterTotals(chapters))
  return loaded
    ? { chapterCount: chapters.length, videoCount, isExact: true }
    : { ...course, isExact: false }
}

const nothing: ChapterTotals = { videoCount: 0, durationSeconds: 0, failedCount: 0 }

const addUp = (all: readonly ChapterTotals[]): ChapterTotals =>
  all.reduce(
    (sum, totals) => ({
      videoCount: sum.videoCount + totals.videoCount,
      durationSeconds: sum.durationSeconds + totals.durationSeconds,
      failedCount: sum.failedCount + totals.failedCount,
    }),
    nothing,
  )
