import type { QueryClient } from '@tanstack/react-query'
import { throttle } from '#shared/throttle.ts'
import { useNewChapters } from '../../features/chapters/new-chapters.store.ts'
import { usePicker } from '../../features/media/picker.store.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { watchOtherTabs } from '../../lib/tab-lock.ts'
import { whenIdle } from '../../lib/when-idle.ts'
import { useGoneNotice } from '../change-notice.store.ts'
import { watchChapters } from '../watch-chapters.ts'
import { useOutbox } from './outbox.store.ts'
import { createOutboxKeeper } from './outbox-keeper.ts'
import { forgetGoneTabs, shareVideos } from './share-videos.ts'

/** How long a change may take to be stored, in ms: first it waits, then for an idle moment. */
const delay = 100
const maxIdleDelay = 300

/**
 * Goes on with what earlier pages have left, and stores what this one has in mind as it changes:
 * what is pending or has failed, what is being typed or picked, and what can be undone.
 */
export function keepOutbox(authoring: Authoring, queryClient: QueryClient, target: EventTarget) {
  const keeper = createOutboxKeeper(authoring, queryClient)
  let stopWaiting = () => {}
  const saveSoon = throttle(() => {
    stopWaiting()
    stopWaiting = whenIdle(() => void keeper.save(), maxIdleDelay)
  }, delay)
  const ended = new AbortController()
  const { signal } = ended

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
  // WebKit tells of no caret that moves in a field.
  for (const type of ['input', 'selectionchange', 'keyup', 'pointerup', 'focusin']) {
    document.addEventListener(type, saveSoon, { signal })
  }
  document.addEventListener('visibilitychange', () => void keeper.save(), { signal })
  target.addEventListener('pagehide', () => void keeper.save(), { signal })

  const takeOver = async () => {
    await keeper.takeOver()
    await forgetGoneTabs()
  }

  const resumed = keeper.resume().finally(() => {
    if (signal.aborted) return
    watchOtherTabs(() => void takeOver(), signal)
    stops.push(shareVideos(authoring))
  })

  return {
    /** Settles once what earlier pages have left is shown, or can't be read. */
    resumed,
    end() {
      ended.abort()
      root.unsubscribe()
      for (const stop of stops) stop()
      saveSoon.cancel()
      stopWaiting()
    },
  }
}
