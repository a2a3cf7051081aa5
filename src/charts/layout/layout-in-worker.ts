import { engineUrl } from '../chart-code.ts'
import type { GraphPlaces, LayoutGraph } from './engine/graph.ts'
import type { LayoutMessage } from './layout.worker.ts'

/**
 * Lays out a graph in its own worker, which is terminated afterwards, or when the signal aborts.
 * Rejects if the worker can't be loaded or the layout fails, or with the signal's reason.
 */
export async function layOutInWorker(
  graph: LayoutGraph,
  signal: AbortSignal,
): Promise<GraphPlaces> {
  const worker = new Worker(engineUrl, { type: 'module' })
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<LayoutMessage>) =>
        'places' in data ? resolve(data.places) : reject(new Error(data.failure)),
      )
      worker.addEventListener('error', () => reject(new EngineLoadError()))
      signal.addEventListener('abort', () => reject(signal.reason))
      worker.postMessage(graph)
    })
  } finally {
    worker.terminate()
  }
}

/**
 * The engine could not be loaded, so a simpler view would not help. The message is shown to users.
 */
export class EngineLoadError extends Error {
  override readonly name = 'EngineLoadError'

  constructor() {
    super('The layout engine can’t be loaded. Check your connection, then try again.')
  }
}
