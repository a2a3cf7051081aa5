import { useCallback, useSyncExternalStore } from 'react'
import {
  type Change,
  type History,
  type Operation,
  operationsFor,
  type Step,
} from '#machines/history.ts'
import {
  type ChapterActor,
  subscribeToChapters,
  useChapterActors,
} from '../features/videos/authoring-context.tsx'
import { findPending } from '../features/videos/guests.ts'
import { type GoneNotice, useGoneNotice } from './change-notice.store.ts'
import { ChangeNotice, type ShownStep } from './change-notice.tsx'
import { useHistory } from './use-history.ts'

/** The last change in one quiet notice, with the way back from it. */
export function ChangeNotices() {
  const history = useHistory()
  const gone = useGoneNotice()
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
          onGone={useGoneNotice.setState}
        />
      )}
    </aside>
  )
}

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
  operations.some(({ entity, id }) => entity !== 'video' || findPending(chapters, id) !== undefined)

/** The change of the latest step; removals one after another are one. */
function listChanges(
  { past, future, latest }: History,
  gone: GoneNotice,
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
