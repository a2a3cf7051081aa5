import { engineUrl, loadExportFormats, loadPngRenderer } from '#charts/chart-code.ts'
import { delay } from '#shared/delay.ts'
import { loadTransfer } from '../features/uploads/api/send-file.ts'
import { fetchThumbnailWorker } from '../features/uploads/thumbnails/draw-thumbnail.ts'
import { fetchRenameWorker } from '../features/videos/renaming/rename-in-worker.ts'
import { connectionReady } from '../lib/connection.ts'
import { CodeError, fetchCode } from '../lib/fetch-code.ts'
import { savesData } from '../lib/saves-data.ts'
import { whenIdle } from '../lib/when-idle.ts'
import { loadPublisher } from './charts/share-actors.ts'
import { dialogComponents } from './dialog-code.ts'
import { OutlineList } from './outline/course-outline.tsx'
import { pageComponents } from './router.tsx'

type Load = () => Promise<unknown>

const parts: readonly Load[] = [
  ...dialogComponents.map(({ preload }) => preload),
  ...pageComponents.map(({ preload }) => preload),
  OutlineList.preload,
  loadPublisher,
  loadExportFormats,
  loadPngRenderer,
  () => fetchCode([engineUrl]),
  fetchRenameWorker,
  fetchThumbnailWorker,
  loadTransfer,
]

/** How long a busy page may delay each part, in ms. */
const maxDelay = 10_000

/** The pause after a part that failed, in ms; it doubles with each further one. */
const minPause = 1000
const maxPause = 30_000

/**
 * Preloads the code that the page may need later, one part at a time and while the page is idle, so
 * that code is rarely missing when the browser goes offline or the server is updated.
 */
export function prefetchCode(): void {
  if (savesData()) return
  void loadWhenIdle([...parts])
}

/** Loads all parts; one that fails is retried after the others, unless it is gone for good. */
async function loadWhenIdle(queue: Load[]): Promise<void> {
  let failures = 0
  for (let load = queue.shift(); load; load = queue.shift()) {
    await new Promise<void>((resolve) => whenIdle(resolve, maxDelay))
    try {
      await load()
      failures = 0
    } catch (error) {
      if (error instanceof CodeError && error.isFinal) continue
      queue.push(load)
      await delay(Math.min(minPause * 2 ** failures, maxPause))
      await connectionReady(false, delay, new AbortController().signal)
      failures += 1
    }
  }
}
