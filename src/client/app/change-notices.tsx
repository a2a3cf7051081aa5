import { useCallback, useSyncExternalStore } from 'react'
import {
  type Change,
  type History,
  listOperationsFor,
  type Operation,
  type Step,
} from '#machines/history.ts'
import { findVideo } from '#machines/pending-videos.ts'
import { type ChapterActor, useChapterActors } from '../features/videos/authoring-context.tsx'
import { findPending, subscribeToPending } from '../features/videos/visiting-videos.ts'
import { type GoneNotice, useGoneNotice } from './change-notice.store.ts'
import { ChangeNotice } from './change-notice.tsx'
import type { ShownStep } from './describe-change.ts'
import { useHistory } from './use-history.ts'

/** Shows the last change in one unobtrusive notice, with a button to undo it. */
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
      // Out of the flow while empty, so that floating bars keep no gap for it.
      className="w-full max-w-md empty:absolute"
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
 * Whether a step still has anything to show: removing a chapter discards the steps of its videos,
 * and a refused removal is shown in its row.
 */
function useIsInEffect(latest: Step | null, chapters: readonly ChapterActor[]): boolean {
  const subscribe = useCallback(
    (notify: () => void) => subscribeToPending(chapters, notify),
    [chapters],
  )
  return useSyncExternalStore(subscribe, () => {
    if (!latest || !isReachable(latest.change, chapters)) return false
    if (latest.obstacle) return true
    const operations = listOperationsFor(
      latest.change,
      latest.outcome === 'undone' ? 'undo' : 'redo',
    )
    return operations.some((operation) => !isContradicted(operation, chapters))
  })
}

/** Whether a video is removed that the operation has added, or the other way round. */
const isContradicted = ({ entity, field, id, to }: Operation, chapters: readonly ChapterActor[]) =>
  entity === 'video' &&
  field === 'isPresent' &&
  chapters.some((chapter) => {
    const video = findVideo(chapter.getSnapshot().context.videos, id)
    return video !== undefined && video.wanted.isPresent !== to
  })

/** False if the chapter was removed: its actors are gone, and what was done in it with them. */
const isReachable = ({ operations }: Change, chapters: readonly ChapterActor[]) =>
  operations.some(({ entity, id }) => entity !== 'video' || findPending(chapters, id) !== undefined)

/** The changes of the latest step; consecutive removals are shown as one. */
function listChanges(
  { past, future, latest }: History,
  gone: GoneNotice,
  chapters: readonly ChapterActor[],
): readonly Change[] {
  if (!latest) return []
  const { outcome, change } = latest
  if (change.kind !== 'remove' || obstacles.has(outcome)) return [change]
  const isMerged = (candidate: Change) =>
    candidate.kind === 'remove' &&
    candidate.number > gone.change &&
    isReachable(candidate, chapters)
  const side = outcome === 'undone' ? future : past
  const merged = side.slice(side.findLastIndex((candidate) => !isMerged(candidate)) + 1)
  return merged.filter((removal, index) => !isRepeated(removal, merged.slice(index + 1)))
}

/** Whether a removal was made again later, after it had been refused. */
const isRepeated = ({ operations }: Change, later: readonly Change[]) =>
  later.some((change) => {
    const ids = new Set(change.operations.map(({ id }) => id))
    return operations.every(({ id }) => ids.has(id))
  })

const obstacles = new Set<Step['outcome']>(['not-undone', 'not-redone'])
