import { throttle } from '#shared/throttle.ts'
import { createUploadKeeper } from '../../features/uploads/keep-uploads.ts'
import type { Uploads } from '../../features/uploads/uploads.actors.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import { readWaitingRows, restoreWaitingRows } from '../../features/videos/waiting-rows.ts'
import { watchOtherTabs } from '../../lib/tab-lock.ts'
import { watchChapters } from '../watch-chapters.ts'

/** Throttle for storing changes, in ms. */
const delay = 300

/**
 * Resumes the uploads of an earlier visit, and stores those of this one with the rows that wait for
 * them.
 * @returns a function that stops storing
 */
export function keepUploads(uploads: Uploads, authoring: Authoring, target: EventTarget) {
  const keeper = createUploadKeeper(uploads, {
    read: (ids) => readWaitingRows(authoring, ids),
    restore: (rows) => restoreWaitingRows(authoring, rows),
  })
  const saveSoon = throttle(() => void keeper.save(), delay)
  const controller = new AbortController()

  void keeper.restore().finally(() => {
    if (controller.signal.aborted) return
    const { signal } = controller
    const subscription = uploads.subscribe(saveSoon)
    // Uploads emit nothing when a waiting row is renamed or moved, so watch the chapters as well.
    const unwatch = watchChapters(authoring, saveSoon)
    target.addEventListener('pagehide', () => void keeper.save(), { signal })
    watchOtherTabs(() => void keeper.restore(), signal)
    signal.addEventListener('abort', () => {
      subscription.unsubscribe()
      unwatch()
    })
  })

  return () => {
    controller.abort()
    saveSoon.cancel()
  }
}
