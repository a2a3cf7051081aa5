import { engineUrl, loadExportFormats, loadPngRenderer } from '#charts/chart-code.ts'
import { loadTransfer } from '../features/uploads/api/send-file.ts'
import { fetchThumbnailWorker } from '../features/uploads/thumbnails/draw-thumbnail.ts'
import { fetchRenameWorker } from '../features/videos/renaming/rename-in-worker.ts'
import { fetchCode } from '../lib/fetch-code.ts'
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

/**
 * Preloads the code that the page may need later, one part at a time and while the page is idle, so
 * that code is rarely missing when the browser goes offline or the server is updated.
 */
export function prefetchCode(): void {
  if (savesData()) return
  void loadWhenIdle([...parts])
}

async function loadWhenIdle(queue: Load[]): Promise<void> {
  const failed: Load[] = []
  for (const load of queue) {
    await new Promise<void>((resolve) => whenIdle(resolve, maxDelay))
    await load().catch(() => failed.push(load))
  }
  if (failed.length > 0) addEventListener('online', () => loadWhenIdle(failed), { once: true })
}
