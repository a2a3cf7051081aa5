import { GridList, GridListItem } from 'react-aria-components/GridList'
import type { Chapter } from '#contract/chapters.ts'
import { WarningIcon } from '#ui/icons.tsx'
import {
  type ChapterTotals,
  describeTotals,
  useChapterTotals,
} from '../../features/videos/chapter-totals.ts'
import { useCurrentChapter } from './use-current-chapter.ts'

export type OutlineListProps = {
  chapters: readonly Chapter[]
  /** The chapters that videos can be dropped on. */
  openIds: ReadonlySet<string>
  onJump: (chapter: Chapter) => void
}

/**
 * The chapters of a course, with their totals. A press or Enter jumps to a chapter; dragged videos
 * can be dropped on one.
 */
export function OutlineList({ chapters, openIds, onJump }: OutlineListProps) {
  const totals = useChapterTotals(chapters)
  const currentId = useCurrentChapter(chapters)
  return (
    <GridList
      aria-label="Chapters"
      onAction={(key) => {
        const chapter = chapters.find(({ id }) => id === key)
        if (chapter) onJump(chapter)
      }}
      className="flex flex-col gap-px outline-none"
    >
      {chapters.map((chapter, index) => (
        <OutlineItem
          key={chapter.id}
          chapter={chapter}
          totals={totals[index]}
          isCurrent={chapter.id === currentId}
          isOpen={openIds.has(chapter.id)}
        />
      ))}
    </GridList>
  )
}

type OutlineItemProps = {
  chapter: Chapter
  totals: ChapterTotals | undefined
  isCurrent: boolean
  isOpen: boolean
}

function OutlineItem({ chapter: { id, title }, totals, isCurrent, isOpen }: OutlineItemProps) {
  const size = totals ? describeTotals(totals) : ''
  const failed = totals && totals.failedCount > 0 ? `${totals.failedCount} failed` : ''
  return (
    <GridListItem
      id={id}
      textValue={[title, size, failed].filter((part) => part !== '').join(', ')}
      data-drop-chapter={isOpen ? id : undefined}
      data-current={isCurrent || undefined}
      className="cursor-pointer rounded-md border-l-2 border-transparent px-2 py-1 text-ink-soft hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 data-current:border-accent data-current:bg-hover data-current:text-ink max-sm:min-h-10"
    >
      <span dir="auto" className="line-clamp-2 font-medium break-words">
        {title}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft tabular-nums">
        <span>{size}</span>
        {failed !== '' && (
          <span className="flex items-center gap-1 text-danger">
            <WarningIcon className="size-4" />
            <span>{failed}</span>
          </span>
        )}
      </span>
    </GridListItem>
  )
}
