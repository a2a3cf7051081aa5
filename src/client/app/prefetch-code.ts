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

/** How long a busy page may put a part off, in ms. */
const longestDelay = 10_000

/**
 * Loads the code that the page may need later, one part at a time and while the page is idle, so
 * that an offline browser or a new version on the server rarely meets a page that lacks some.
 */
export function prefetchCode(): void {
  if (savesData()) return
  void loadWhenIdle([...parts])
}

async function loadWhenIdle(waiting: Load[]): Promise<void> {
  const failed: Load[] = []
  for (const load of waiting) {
    await new Promise<void>((resolve) => whenIdle(resolve, longestDelay))
    await load().catch(() => failed.push(load))
  }
  if (failed.length > 0) addEventListener('online', () => loadWhenIdle(failed), { once: true })
}
