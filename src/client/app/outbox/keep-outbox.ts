import type { QueryClient } from '@tanstack/react-query'
import { useNewChapters } from '../../features/chapters/new-chapters.store.ts'
import { usePicker } from '../../features/media/picker.store.ts'
import { releaseUnblocked } from '../../features/videos/release-unblocked.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { canFindGoneTabs, watchOtherTabs } from '../../lib/tab-lock.ts'
import { throttleIdle } from '../../lib/throttle-idle.ts'
import { useGoneNotice } from '../change-notice.store.ts'
import { watchChapters } from '../watch-chapters.ts'
import { hasUnsavedWork } from './has-unsaved-work.ts'
import { useOutbox } from './outbox.store.ts'
import { createOutboxKeeper } from './outbox-keeper.ts'
import { shareVideos } from './share-videos.ts'

/** Throttle for storing changes, and how long it then waits at most for an idle page; in ms. */
const delay = 100
const maxIdleDelay = 300

/**
 * Resumes the work that earlier pages have left, and stores this page's work as it changes: what is
 * pending or has failed, what is being typed or picked, and what can be undone.
 */
export function keepOutbox(authoring: Authoring, queryClient: QueryClient, target: EventTarget) {
  const keeper = createOutboxKeeper(authoring, queryClient)
  const saveSoon = throttleIdle(() => void keeper.save(), delay, maxIdleDelay)
  const controller = new AbortController()
  const { signal } = controller

  const stops = [
    watchChapters(authoring, saveSoon),
    usePicker.subscribe(saveSoon),
    useNewChapters.subscribe(saveSoon),
    useOutbox.subscribe(({ texts }, before) => {
      if (texts !== before.texts) saveSoon()
    }),
    useGoneNotice.subscribe(saveSoon),
    queryClient.getMutationCache().subscribe(saveSoon),
  ]
  const root = authoring.subscribe(saveSoon)
  // WebKit fires no `selectionchange` when the caret moves within a field.
  for (const type of ['input', 'selectionchange', 'keyup', 'pointerup', 'focusin']) {
    document.addEventListener(type, saveSoon, { signal })
  }
  document.addEventListener('visibilitychange', () => void keeper.save(), { signal })
  target.addEventListener('pagehide', () => void keeper.save(), { signal })

  let sharing: ReturnType<typeof shareVideos> | undefined
  async function resume() {
    await keeper.resume()
    const canShare = await canFindGoneTabs()
    if (signal.aborted) return
    if (!canShare) return releaseUnblocked(authoring)
    sharing = shareVideos(authoring)
    stops.push(sharing.stop)
  }
  const takeOver = async () => {
    await resumed
    await keeper.takeOver()
    await sharing?.forgetGoneTabs()
    releaseUnblocked(authoring)
  }
  // Before the records are read: a tab that is closed meanwhile is either seen here or found gone
  // there.
  watchOtherTabs(() => void takeOver(), signal)
  const resumed = resume()
  let isResumed = false
  void resumed.then(() => {
    isResumed = true
  })

  return {
    /**
     * Whether there is work in a course or a chapter that the server does not have. Until the work
     * of earlier pages is restored, there may be.
     */
    hasWork: (id: string) => !isResumed || hasUnsavedWork(authoring, queryClient, id),
    /** Settles once the work of earlier pages is restored, or can't be read. */
    resumed,
    end() {
      controller.abort()
      root.unsubscribe()
      for (const stop of stops) stop()
      saveSoon.cancel()
    },
  }
}
