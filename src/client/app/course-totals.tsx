import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import {
  type ChapterTotals,
  describeTotals,
  useChapterTotals,
} from '../features/videos/chapter-totals.ts'

/** How many chapters and videos a course has, and how long these are. */
export function CourseTotals({ chapters }: { chapters: readonly Chapter[] }) {
  const totals = useChapterTotals(chapters)
  return (
    <p className="text-ink-soft tabular-nums">
      {`${formatCount(chapters.length, 'chapter')} · ${describeTotals(addUp(totals))}`}
    </p>
  )
}

const addUp = (all: readonly ChapterTotals[]): ChapterTotals =>
  all.reduce((one, other) => ({
    videoCount: one.videoCount + other.videoCount,
    durationSeconds: one.durationSeconds + other.durationSeconds,
    failedCount: one.failedCount + other.failedCount,
  }))
