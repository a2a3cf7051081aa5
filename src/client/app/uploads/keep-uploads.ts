import { throttle } from '#shared/throttle.ts'
import { isInLibrary } from '../../features/uploads/api/is-in-library.ts'
import { createUploadKeeper } from '../../features/uploads/upload-keeper.ts'
import type { Uploads } from '../../features/uploads/uploads.actors.ts'
import { notifyAssetReady } from '../../features/videos/closed-chapters.ts'
import type { Authoring } from '../../features/videos/videos.actors.ts'
import {
  listAwaitedFiles,
  readWaitingRows,
  restoreWaitingRows,
} from '../../features/videos/waiting-rows.ts'
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
  const controller = new AbortController()
  const { signal } = controller
  const restore = async () => {
    await keeper.restore()
    await releaseUploaded(uploads, authoring, signal)
  }
  const saveSoon = throttle(() => void keeper.save(), delay)

  // Watch first, so that a tab that is closed while this one starts is seen or found gone.
  watchOtherTabs(() => void restored.then(restore), signal)
  const restored = restore()
  void restored.finally(() => {
    if (signal.aborted) return
    const subscription = uploads.subscribe(saveSoon)
    // Uploads emit nothing when a waiting row is renamed or moved, so watch the chapters as well.
    const unwatch = watchChapters(authoring, saveSoon)
    target.addEventListener('pagehide', () => void keeper.save(), { signal })
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

/**
 * Releases rows whose file the server has. An upload is forgotten once its row is linked, but the
 * row may have been stored before that.
 */
async function releaseUploaded(uploads: Uploads, authoring: Authoring, signal: AbortSignal) {
  const { uploads: known } = uploads.getSnapshot().context
  const orphaned = listAwaitedFiles(authoring).filter((id) => !(id in known))
  await Promise.all(
    orphaned.map(async (mediaId) => {
      const isThere = await isInLibrary(mediaId, signal).catch(() => false)
      if (isThere) notifyAssetReady(authoring, mediaId)
    }),
  )
}
