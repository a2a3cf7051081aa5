import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { type Change, countSteps, type Direction, type Step } from '#machines/history.ts'
import { withoutIsolates } from '#shared/isolate.ts'
import { Announcement } from '#ui/announcement.tsx'
import { Button, IconButton } from '#ui/button.tsx'
import { focusFirstControl, moveFocusOnUnmount } from '#ui/focus.ts'
import { CloseIcon, UndoIcon } from '#ui/icons.tsx'
import { findTitledChapter } from '../features/chapters/chapter-changes.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import type { GoneNotice } from './change-notice.store.ts'
import { describeResult, describeStep, directionLabels, type ShownStep } from './describe-change.ts'
import { describePlace } from './describe-place.ts'
import { useUndoOrRedo } from './use-history.ts'

/** How long a notice is shown while nobody is using it, in ms. */
const shownFor = 15_000

interface ChangeNoticeProps {
  latest: ShownStep
  changes: readonly Change[]
  /** The total number of changes made. */
  count: number
  onGone: (gone: GoneNotice) => void
}

/** Describes a change, with a button that undoes or redoes it. Disappears after a while. */
export function ChangeNotice({ latest, changes, count, onGone }: ChangeNoticeProps) {
  const [isUsed, setUsed] = useState(false)
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const undoOrRedo = useUndoOrRedo()
  const text = describeResult(latest, changes, (id) => findTitledChapter(queryClient, id)?.title)
  const direction = nextDirection(latest)
  const { number: step } = latest

  /** Travels until the first of the changes has passed: the history may have others in between. */
  const undoOrRedoAll = (direction: Direction) => {
    const [first = latest.change] = changes
    const { history } = authoring.getSnapshot().context
    for (let left = countSteps(history, direction, first); left > 0; left -= 1)
      undoOrRedo(direction)
  }

  useEffect(() => {
    if (isUsed) return
    const timer = setTimeout(() => onGone({ step, change: count }), shownFor)
    return () => clearTimeout(timer)
  }, [onGone, step, count, isUsed])

  return (
    <section
      ref={moveFocusOnUnmount}
      aria-label={withoutIsolates(text)}
      data-notice={latest.outcome === 'made' ? latest.change.kind : latest.outcome}
      onPointerEnter={() => setUsed(true)}
      onPointerLeave={({ currentTarget }) =>
        setUsed(currentTarget.contains(document.activeElement))
      }
      onFocus={() => setUsed(true)}
      onBlur={({ currentTarget }) => setUsed(currentTarget.matches(':hover'))}
      className="pointer-events-auto flex in-data-dragging:pointer-events-none in-data-dragging:opacity-50 min-h-11 animate-appear items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-floating"
    >
      <Announcement number={step}>
        <NoticeText latest={latest} text={text} />
      </Announcement>
      {direction && (
        <Button
          // A new button, so that the second half of a double press on Undo does not press Redo.
          key={direction}
          size="small"
          icon={<UndoIcon className={direction === 'redo' ? '-scale-x-100' : ''} />}
          aria-label={withoutIsolates(describeStep(direction, changes))}
          onClick={() => {
            flushSync(() => undoOrRedoAll(direction))
            focusFirstControl(findFirstRow(changes))
          }}
        >
          {directionLabels[direction]}
        </Button>
      )}
      <IconButton
        size="small"
        label="Dismiss"
        icon={<CloseIcon />}
        onClick={() => flushSync(() => onGone({ step, change: count }))}
      />
    </section>
  )
}

/** Only screen readers hear the place of a row that was moved: others see it. */
function NoticeText({ latest, text }: { latest: ShownStep; text: string }) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  // The place at the time of the step: later changes to the list are no news about it.
  const [place] = useState(() => describePlace(authoring, queryClient, latest))
  return (
    <p className="line-clamp-2 min-w-0 flex-1 break-words">
      <span>{text}</span>
      <span className="sr-only">{place}</span>
    </p>
  )
}

function nextDirection({ outcome }: Step): Direction | null {
  if (outcome === 'made' || outcome === 'redone') return 'undo'
  return outcome === 'undone' ? 'redo' : null
}

/** The row of the first changed video. */
function findFirstRow(changes: readonly Change[]) {
  const id = changes[0]?.operations[0]?.id
  return document.querySelector(`[data-video-id="${id}"]`)
}
