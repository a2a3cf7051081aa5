import { notifyManager, type QueryClient } from '@tanstack/react-query'
import type { Change } from '#contract/changes.ts'
import { applyChapterChanges } from '../../features/chapters/apply-changes.ts'
import { applyCourseChanges } from '../../features/courses/apply-changes.ts'
import { applyVideoChanges } from '../../features/videos/apply-changes.ts'
import { readFirstSequence } from '../../lib/live/first-sequence.ts'
import { followInOneTab } from '../../lib/live/live-tabs.ts'
import { usePresence } from '../../lib/live/presence.store.ts'
import type { LiveEvent } from '../../lib/live/read-events.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { tabId } from '../../lib/tab-lock.ts'
import { whenIdle } from '../../lib/when-idle.ts'
import { useAnnouncement } from './announcement.store.ts'
import { highlightRows } from './highlight-rows.ts'
import { reportRenaming } from './report-renaming.ts'

/** How long a busy page may delay the start, in ms. */
const maxDelay = 2_000

/**
 * Shows what others change and rename, and reports to them what is being renamed here. Call it once
 * the page has shown what it was opened for.
 * @returns a function that stops it
 */
export function showLiveChanges(queryClient: QueryClient): () => void {
  const controller = new AbortController()
  const start = () =>
    followInOneTab({
      readFirst: readFirstSequence,
      onEvents: (events) => applyEvents(queryClient, events),
      signal: controller.signal,
    })
  const cancel = whenIdle(start, maxDelay)
  const stopReporting = reportRenaming()
  return () => {
    cancel()
    controller.abort()
    stopReporting()
  }
}

/** Applies events to the query cache, and highlights what they change. */
function applyEvents(queryClient: QueryClient, events: readonly LiveEvent[]): void {
  for (const event of events) {
    const isByOthers = event.name === 'editing' && event.presence.page !== tabId
    if (isByOthers) usePresence.getState().receive(event.presence)
  }
  if (events.some(({ name }) => name === 'reset')) void queryClient.invalidateQueries()
  if (events.some(({ name }) => name === 'start')) retryFailedQueries(queryClient)
  const changes = events.flatMap((event) => (event.name === 'change' ? [event.change] : []))
  const isOwn = ({ page }: Change) => page === tabId
  const changed = notifyManager.batch(() => ({
    course: applyCourseChanges(queryClient, filterByEntity(changes, 'course'), isOwn),
    chapter: applyChapterChanges(queryClient, filterByEntity(changes, 'chapter'), isOwn),
    video: applyVideoChanges(queryClient, filterByEntity(changes, 'video'), isOwn),
  }))
  if (changed.chapter.size + changed.video.size > 0) {
    // Their totals are part of the course, which is refetched when the user returns to the page.
    void queryClient.invalidateQueries({ queryKey: queryKeys.courses, refetchType: 'none' })
  }
  useAnnouncement.getState().add(changed)
  highlightRows(changed)
}

/**
 * Repeats queries that failed while the server could not be reached. The page may show stored
 * answers in their place, and no event tells what has changed since.
 */
export function retryFailedQueries(queryClient: QueryClient) {
  void queryClient.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
}

const filterByEntity = <Entity extends Change['entity']>(
  changes: readonly Change[],
  entity: Entity,
) =>
  changes.filter(
    (change): change is Extract<Change, { entity: Entity }> => change.entity === entity,
  )
