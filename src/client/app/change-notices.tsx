import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import {
  type Change,
  type Direction,
  type History,
  type Operation,
  operationsFor,
  type Step,
} from '#machines/history.ts'
import { withoutIsolates } from '#shared/isolate.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { focusContent, focusFirstControl } from '#ui/focus.ts'
import { CloseIcon, UndoIcon } from '#ui/icons.tsx'
import { findChapter } from '../features/chapters/course-cache.ts'
import {
  type ChapterActor,
  subscribeToChapters,
  useChapterActors,
} from '../features/videos/authoring-context.tsx'
import {
  describeChanges,
  describeObstacle,
  directionWords,
  nameChanges,
  nameTravel,
} from './change-words.ts'
import { useHistory, useTravelHistory } from './use-history.ts'

/** How long the last change is shown while nobody uses its notice, in ms. */
const shownFor = 15_000

/** What was shown last and has gone: a step of the history, and the changes that it was about. */
interface Gone {
  step: number
  change: number
}

/** The last change in one quiet notice, with the way back from it. */
export function ChangeNotices() {
  const history = useHistory()
  const [gone, setGone] = useState<Gone>({ step: 0, change: 0 })
  const chapters = useChapterActors()
  const { latest, count } = history
  const isInEffect = useIsInEffect(latest, chapters)
  const isNew = latest !== null && latest.number > gone.step && isInEffect
  return (
    <aside
      aria-label="Changes"
      aria-live="polite"
      data-change-notices
      className="print:hidden pointer-events-none fixed inset-x-4 bottom-4 z-30 mx-auto max-w-md"
    >
      {isNew && isShownHere(latest) && (
        <ChangeNotice
          latest={latest}
          changes={listChanges(history, gone, chapters)}
          count={count}
          onGone={setGone}
        />
      )}
    </aside>
  )
}

/** A step that is shown here. A refused change is shown at its place. */
type ShownStep = Step & { outcome: Exclude<Step['outcome'], 'refused'> }

const isShownHere = (step: Step): step is ShownStep => step.outcome !== 'refused'

/**
 * Whether anything of a step is left to tell: a chapter that was removed takes its videos' steps
 * along, and a removal that was refused is shown at its row.
 */
function useIsInEffect(latest: Step | null, chapters: readonly ChapterActor[]): boolean {
  const subscribe = useCallback(
    (notify: () => void) => subscribeToChapters(chapters, notify),
    [chapters],
  )
  return useSyncExternalStore(subscribe, () => {
    if (!latest || !isNear(latest.change, chapters)) return false
    if (latest.obstacle) return true
    const operations = operationsFor(latest.change, latest.outcome === 'undone' ? 'undo' : 'redo')
    return operations.some((operation) => !isContradicted(operation, chapters))
  })
}

/** Whether a video is removed that was to be there, or the other way round. */
const isContradicted = ({ entity, field, id, to }: Operation, chapters: readonly ChapterActor[]) =>
  entity === 'video' &&
  field === 'isPresent' &&
  chapters.some((chapter) => {
    const video = chapter.getSnapshot().context.videos[id]
    return video !== undefined && video.wanted.isPresent !== to
  })

/** The processes of a chapter that was removed are gone, and what was done in it with them. */
const isNear = ({ operations }: Change, chapters: readonly ChapterActor[]) =>
  operations.some(
    ({ entity, id }) =>
      entity !== 'video' || chapters.some((chapter) => id in chapter.getSnapshot().context.videos),
  )

/** The change of the latest step; removals one after another are one. */
function listChanges(
  { past, future, latest }: History,
  gone: Gone,
  chapters: readonly ChapterActor[],
): readonly Change[] {
  if (!latest) return []
  const { outcome, change } = latest
  if (change.kind !== 'remove' || obstacles.has(outcome)) return [change]
  const isMerged = (one: Change) =>
    one.kind === 'remove' && one.number > gone.change && isNear(one, chapters)
  const side = outcome === 'undone' ? future : past
  const merged = side.slice(side.findLastIndex((one) => !isMerged(one)) + 1)
  return merged.filter((one, index) => !isRepeated(one, merged.slice(index + 1)))
}

/** A removal that was refused was made again later. */
const isRepeated = ({ operations }: Change, later: readonly Change[]) =>
  later.some((one) => {
    const ids = new Set(one.operations.map(({ id }) => id))
    return operations.every(({ id }) => ids.has(id))
  })

const obstacles = new Set<Step['outcome']>(['not-undone', 'not-redone'])

interface ChangeNoticeProps {
  latest: ShownStep
  changes: readonly Change[]
  /** How many changes were ever made. */
  count: number
  onGone: (gone: Gone) => void
}

function ChangeNotice({ latest, changes, count, onGone }: ChangeNoticeProps) {
  const [isUsed, setUsed] = useState(false)
  const queryClient = useQueryClient()
  const travel = useTravelHistory()
  const words = describe(latest, changes, (id) => findChapter(queryClient, id)?.title)
  const way = wayOn(latest)
  const { number: step } = latest

  useEffect(() => {
    if (isUsed) return
    const timer = setTimeout(() => onGone({ step, change: count }), shownFor)
    return () => clearTimeout(timer)
  }, [onGone, step, count, isUsed])

  return (
    <section
      ref={handOnFocus}
      aria-label={withoutIsolates(words)}
      data-notice={latest.outcome === 'made' ? latest.change.kind : latest.outcome}
      onPointerEnter={() => setUsed(true)}
      onPointerLeave={({ currentTarget }) =>
        setUsed(currentTarget.contains(document.activeElement))
      }
      onFocus={() => setUsed(true)}
      onBlur={({ currentTarget }) => setUsed(currentTarget.matches(':hover'))}
      className="pointer-events-auto flex in-data-dragging:pointer-events-none in-data-dragging:opacity-50 min-h-11 animate-appear items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-floating"
    >
      <p className="line-clamp-2 min-w-0 flex-1 break-words">{words}</p>
      {way && (
        <Button
          // The second half of a double press on Undo is none on Redo.
          key={way}
          size="small"
          icon={<UndoIcon className={way === 'redo' ? '-scale-x-100' : ''} />}
          aria-label={withoutIsolates(nameTravel(way, changes))}
          onClick={() => {
            flushSync(() => {
              for (const _change of changes) travel(way)
            })
            focusFirstControl(findFirstRow(changes))
          }}
        >
          {directionWords[way]}
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

function wayOn({ outcome }: Step): Direction | null {
  if (outcome === 'made' || outcome === 'redone') return 'undo'
  return outcome === 'undone' ? 'redo' : null
}

function describe(
  { outcome, obstacle }: ShownStep,
  changes: readonly Change[],
  findTitle: (chapterId: string) => string | undefined,
): string {
  const reason = obstacle ? `: ${describeObstacle(obstacle)}` : '.'
  switch (outcome) {
    case 'made':
    case 'redone':
      return describeChanges(changes, findTitle)
    case 'undone':
      return `Undid ${nameChanges(changes)}`
    case 'not-undone':
      return `Can’t undo ${nameChanges(changes)}${reason}`
    case 'not-redone':
      return `Can’t redo ${nameChanges(changes)}${reason}`
  }
}

/** The row of the first video that a change is about. */
function findFirstRow(changes: readonly Change[]) {
  const id = changes[0]?.operations[0]?.id
  return document.querySelector(`[data-video-id="${id}"]`)
}

/** A notice can go while it has the focus, which must not be lost then. */
const handOnFocus = (notice: HTMLElement | null) => () => {
  if (notice?.contains(document.activeElement)) focusContent()
}
