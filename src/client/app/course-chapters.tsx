import { useQueryClient } from '@tanstack/react-query'
import { Fragment, type KeyboardEvent, useDeferredValue, useEffect, useMemo } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import { getFailureTarget, type MadeChapterChange } from '../features/chapters/chapter-changes.ts'
import { InsertChapterForm } from '../features/chapters/components/insert-chapter-form.tsx'
import { type NewSlot, useNewChapters } from '../features/chapters/new-chapters.store.ts'
import { loadListsWhenIdle } from '../features/videos/api/load-lists.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { findFailures } from '../lib/made-changes.ts'
import { ChapterFailure } from './chapter-failure.tsx'
import { addChapter } from './chapter-operations.ts'
import { CourseChapter } from './course-chapter.tsx'
import { type DialogState, useDialog } from './dialog.store.ts'
import { moveOneStep } from './move-chapters.ts'
import { focusWhenShown, useScrollAnchor } from './scroll-anchor.ts'

type CourseChaptersProps = {
  courseId: string
  /** In order. */
  chapters: readonly Chapter[]
  changes: readonly MadeChapterChange[]
  removedElsewhere: readonly Chapter[]
  isCourseRemoved: boolean
}

/** The chapters of the course page. Handles the keys that move them, and adds new ones. */
export function CourseChapters(props: CourseChaptersProps) {
  const { courseId, chapters, changes, removedElsewhere, isCourseRemoved } = props
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const failures = useMemo(() => findFailures(changes, getFailureTarget), [changes])
  const removedIds = new Set(removedElsewhere.map(({ id }) => id))
  const slots = useNewChapters((state) => state.slots).filter((slot) => slot.courseId === courseId)
  const shownIds = new Set(chapters.map(({ id }) => id))
  const failedRestores = [...failures.values()].filter(
    ({ change }) => change.kind === 'restore' && !shownIds.has(change.chapter.id),
  )
  useScrollAnchor(chapters)
  const isWhole = countVideos(chapters) <= maxWhole
  // Deferred, so that the frame in which the library closes doesn't render all chapters.
  const isCovered = useDeferredValue(useDialog(isLibraryOpen))

  const listed = isWhole ? '' : chapters.map(({ id }) => id).join(' ')
  useEffect(() => {
    const controller = new AbortController()
    void loadListsWhenIdle(queryClient, listed.split(' ').filter(Boolean), controller.signal)
    return () => controller.abort()
  }, [listed, queryClient])

  const handleKeyDown = (event: KeyboardEvent) => {
    const step = readStep(event)
    const chapter = step && chapters.find(({ id }) => id === findChapterId(event.target))
    if (!chapter) return
    event.preventDefault()
    moveOneStep(queryClient, authoring, chapter, step)
  }

  const renderSlot = (slot: NewSlot) => (
    <InsertChapterForm
      key={slot.id}
      slot={slot}
      isPending={shownIds.has(slot.id)}
      create={(chapter) => {
        focusWhenShown(chapter.id)
        return addChapter(queryClient, authoring, chapter)
      }}
      onCancel={focusChapterMenu}
    />
  )

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: handles keys of the chapters' headings
    <div className="flex flex-col gap-4" onKeyDown={handleKeyDown}>
      {chapters.map((chapter) => (
        <Fragment key={chapter.id}>
          <CourseChapter
            chapter={chapter}
            isWholeCourse={isWhole}
            isCovered={isCovered}
            isRemovedElsewhere={removedIds.has(chapter.id)}
            isCourseRemoved={isCourseRemoved}
            failure={failures.get(chapter.id)}
          />
          {slots.filter(({ after }) => after === chapter.id).map(renderSlot)}
        </Fragment>
      ))}
      {slots.filter(({ after }) => !shownIds.has(after)).map(renderSlot)}
      {failedRestores.map((failure) => (
        <ChapterFailure key={failure.number} failure={failure} />
      ))}
      <p role="status" className="sr-only">
        {describeMove(changes, chapters)}
      </p>
    </div>
  )
}

/** Up to this many videos, all rows of a course are mounted, so that the browser can find them. */
const maxWhole = 600

const isLibraryOpen = ({ dialog }: DialogState) => dialog?.kind === 'media-library'

const countVideos = (chapters: readonly Chapter[]) =>
  chapters.reduce((sum, { videoCount = 0 }) => sum + videoCount, 0)

const steps: Record<string, -1 | 1> = { ArrowUp: -1, ArrowDown: 1 }

/** Ignores keys in text fields. */
function readStep({ key, altKey, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent) {
  if (!altKey || ctrlKey || metaKey || shiftKey || target instanceof HTMLInputElement) return
  return steps[key]
}

const findChapterId = (target: EventTarget) =>
  target instanceof Element && target.closest('[data-chapter-header]')
    ? target.closest<HTMLElement>('[data-chapter-id]')?.dataset.chapterId
    : undefined

/** Describes the last move to screen readers. */
function describeMove(changes: readonly MadeChapterChange[], chapters: readonly Chapter[]): string {
  const last = changes.findLast(({ change }) => change.kind === 'move')
  const index = chapters.findIndex(({ id }) => id === last?.change.chapter.id)
  const title = chapters[index]?.title
  if (!last || last.status === 'error' || title === undefined) return ''
  return `${title} moved to position ${index + 1} of ${chapters.length}`
}

function focusChapterMenu(chapterId: string) {
  document
    .querySelector<HTMLElement>(`[data-chapter-id="${chapterId}"] [aria-haspopup="menu"]`)
    ?.focus()
}
