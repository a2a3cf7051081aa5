import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router'
import { Suspense, useMemo, useSyncExternalStore } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import { Button } from '#ui/button.tsx'
import { ErrorNotice } from '#ui/feedback.tsx'
import { ListIcon } from '#ui/icons.tsx'
import { listOpen } from '../../features/chapters/chapter-changes.ts'
import { describeError } from '../../lib/http.ts'
import { forgetFailures, lazyComponent } from '../../lib/lazy-component.tsx'
import { useDialog } from '../dialog.store.ts'
import { useGoTo } from '../go-to.ts'
import { CollapseButton } from './collapse-button.tsx'
import type { OutlineListProps } from './outline-list.tsx'

/** The list of chapters, whose code can be preloaded. */
export const OutlineList = lazyComponent<OutlineListProps>(() =>
  import('./outline-list.tsx').then(({ OutlineList }) => OutlineList),
)

type CourseOutlineProps = {
  chapters: readonly Chapter[]
  /** Chapters that someone else has removed. */
  removedElsewhere: readonly Chapter[]
  isCourseRemoved: boolean
}

/** The outline of a course, beside its page. Narrow pages have `OutlineButton` instead. */
export function CourseOutline(props: CourseOutlineProps) {
  const { chapters, removedElsewhere, isCourseRemoved } = props
  const isBeside = useSyncExternalStore(subscribeToWidth, () => wide.matches)
  const { goToChapter } = useGoTo()
  const openIds = useMemo(() => {
    const open = isCourseRemoved ? [] : listOpen(chapters, removedElsewhere)
    return new Set(open.map(({ id }) => id))
  }, [chapters, removedElsewhere, isCourseRemoved])
  if (!isBeside || chapters.length < 2) return null
  return (
    <nav
      aria-label="Outline"
      className="absolute inset-y-0 right-full mr-4 w-[min(16rem,calc((100vw-53rem)/2-2.5rem))] print:hidden"
    >
      <div className="sticky top-18 max-h-[calc(100dvh-6rem)] overflow-y-auto overscroll-contain pb-2">
        <CollapseButton chapters={chapters} />
        <CatchBoundary getResetKey={() => 'outline'} errorComponent={OutlineError}>
          <Suspense>
            <OutlineList
              chapters={chapters}
              openIds={openIds}
              onJump={(chapter) => void goToChapter(chapter)}
              isMovable={!isCourseRemoved}
            />
          </Suspense>
        </CatchBoundary>
      </div>
    </nav>
  )
}

const OutlineError = ({ error, reset }: ErrorComponentProps) => (
  <div className="mt-2">
    <ErrorNotice
      title="The outline can’t be shown."
      reason={describeError(error)}
      onRetry={() => {
        forgetFailures()
        reset()
      }}
    />
  </div>
)

/** Whether the outline fits into the page's margin. */
const wide = matchMedia('(width >= 80rem)')

function subscribeToWidth(notify: () => void) {
  wide.addEventListener('change', notify)
  return () => wide.removeEventListener('change', notify)
}

/** Opens the outline over a page that has no room for it at the side. */
export const OutlineButton = ({ courseId }: { courseId: string }) => (
  <span className="min-[80rem]:hidden">
    <Button
      variant="quiet"
      size="small"
      icon={<ListIcon />}
      onClick={() => useDialog.getState().open({ kind: 'outline', courseId })}
    >
      Outline
    </Button>
  </span>
)
