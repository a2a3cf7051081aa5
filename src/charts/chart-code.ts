import engineUrl from 'elkjs/lib/elk-worker.min.js?url'

// What the viewer loads on demand: most who look at a chart need none of it.

/** The script of the layout engine, which runs in a worker. */
export { engineUrl }

export const loadExportFormats = () => import('./export/export-formats.ts')

export const loadPngRenderer = () => import('./export/png.ts')
