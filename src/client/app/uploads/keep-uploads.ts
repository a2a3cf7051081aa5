import { createUploadKeeper } from '../../features/uploads/keep-uploads.ts'
import type { Uploads } from '../../features/uploads/uploads.actors.ts'
import { readChapterActors, subscribeToChapters } from '../../features/videos/authoring-context.tsx'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { readWaitingRows, restoreWaitingRows } from '../../features/videos/waiting-rows.ts'
import { throttle } from '../../lib/throttle.ts'

/** How long a change may take to be stored, in ms. */
const delay = 300

/**
 * Goes on with the uploads of an earlier visit, and stores those of this one with the rows that
 * wait for them.
 * @returns a function that ends it
 */
export function keepUploads(uploads: Uploads, authoring: Authoring, target: EventTarget) {
  const keeper = createUploadKeeper(uploads, {
    read: (ids) => readWaitingRows(authoring, ids),
    restore: (rows) => restoreWaitingRows(authoring, rows),
  })
  const saveSoon = throttle(() => void keeper.save(), delay)
  const ended = new AbortController()
  let unsubscribe = () => {}
  let watched: unknown

  void keeper.restore().finally(() => {
    if (ended.signal.aborted) return
    const subscriptions = [uploads.subscribe(saveSoon), authoring.subscribe(watchChapters)]
    watchChapters()
    target.addEventListener('pagehide', () => void keeper.save(), { signal: ended.signal })
    ended.signal.addEventListener('abort', () => {
      for (const subscription of subscriptions) subscription.unsubscribe()
    })
  })

  /** A row is renamed or moved in its chapter, and nothing of that is heard by the uploads. */
  function watchChapters() {
    const { children } = authoring.getSnapshot()
    if (children === watched) return
    watched = children
    unsubscribe()
    unsubscribe = subscribeToChapters(readChapterActors(authoring), saveSoon)
    saveSoon()
  }

  return () => {
    ended.abort()
    unsubscribe()
    saveSoon.cancel()
  }
}
