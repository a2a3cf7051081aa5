import { throttle } from '#shared/throttle.ts'
import { createUploadKeeper } from '../../features/uploads/keep-uploads.ts'
import type { Uploads } from '../../features/uploads/uploads.actors.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { readWaitingRows, restoreWaitingRows } from '../../features/videos/waiting-rows.ts'
import { watchChapters } from '../watch-chapters.ts'

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

  void keeper.restore().finally(() => {
    if (ended.signal.aborted) return
    const { signal } = ended
    const subscription = uploads.subscribe(saveSoon)
    // A row is renamed or moved in its chapter, and nothing of that is heard by the uploads.
    const unwatch = watchChapters(authoring, saveSoon)
    target.addEventListener('pagehide', () => void keeper.save(), { signal })
    signal.addEventListener('abort', () => {
      subscription.unsubscribe()
      unwatch()
    })
  })

  return () => {
    ended.abort()
    saveSoon.cancel()
  }
}
