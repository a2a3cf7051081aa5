import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'react-aria-components/Button'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { DropIndicator, useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import type { Chapter } from '#contract/chapters.ts'
import { GripIcon, WarningIcon } from '#ui/icons.tsx'
import { findPrevious } from '../../features/chapters/place-chapter.ts'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import {
  type ChapterTotals,
  describeTotals,
  useChapterTotals,
} from '../../features/videos/chapter-totals.ts'
import { moveChapterAfter } from '../move-chapters.ts'
import { useCurrentChapter } from './use-current-chapter.ts'

export type OutlineListProps = {
  chapters: readonly Chapter[]
  /** The chapters that videos can be dropped on. */
  openIds: ReadonlySet<string>
  onJump: (chapter: Chapter) => void
  /** Whether chapters can be dragged. */
  isMovable: boolean
}

/**
 * The chapters of a course, with their totals. A press or Enter jumps to a chapter; dragged videos
 * can be dropped on one, and dragged chapters between them. The chapter that is being read stays
 * where it is in the window.
 */
export function OutlineList({ chapters, openIds, onJump, isMovable }: OutlineListProps) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const totals = useChapterTotals(chapters)
  const currentId = useCurrentChapter(chapters)
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !isMovable,
    getItems: (keys) => chapters.filter(({ id }) => keys.has(id)).map(toDragItem),
    onReorder: ({ keys, target }) => {
      const [moved] = keys
      const chapter = chapters.find(({ id }) => id === moved)
      const others = chapters.filter(({ id }) => id !== moved)
      const targetId = String(target.key)
      const after = target.dropPosition === 'after' ? targetId : findPrevious(others, targetId)
      if (chapter) moveChapterAfter(queryClient, authoring, chapter, after, currentId)
    },
    renderDropIndicator: (target) => (
      <DropIndicator target={target} className="data-drop-target:outline-2 outline-accent" />
    ),
  })
  return (
    <GridList
      aria-label="Chapters"
      dragAndDropHooks={dragAndDropHooks}
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
          isMovable={isMovable}
        />
      ))}
    </GridList>
  )
}

const toDragItem = ({ title }: Chapter) => ({ 'text/plain': title })

type OutlineItemProps = {
  chapter: Chapter
  totals: ChapterTotals | undefined
  isCurrent: boolean
  isOpen: boolean
  isMovable: boolean
}

function OutlineItem(props: OutlineItemProps) {
  const { chapter, totals, isCurrent, isOpen, isMovable } = props
  const { id, title } = chapter
  const size = totals ? describeTotals(totals) : ''
  const failed = totals && totals.failedCount > 0 ? `${totals.failedCount} failed` : ''
  return (
    <GridListItem
      id={id}
      textValue={[title, size, failed].filter((part) => part !== '').join(', ')}
      data-drop-chapter={isOpen ? id : undefined}
      data-current={isCurrent || undefined}
      className="group relative cursor-pointer rounded-md border-l-2 border-transparent px-2 py-1 text-ink-soft hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 data-current:border-accent data-current:bg-hover data-current:text-ink data-dragging:opacity-50 max-sm:min-h-10 forced-colors:border-[Canvas] forced-colors:data-current:border-[Highlight]"
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
      {/* React Aria requires it even while chapters can't be moved. */}
      <Button
        slot="drag"
        aria-label={`Drag ${title}`}
        className={`absolute top-1 right-1 grid size-6 cursor-grab place-items-center rounded-md opacity-0 group-hover:opacity-100 hover:bg-hover focus-visible:opacity-100 ${isMovable ? '' : 'invisible'}`}
      >
        <GripIcon className="size-4" />
      </Button>
    </GridListItem>
  )
}
