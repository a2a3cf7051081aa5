import engineUrl from './layout/layout.worker.ts?worker&url'

// What the viewer loads on demand: most who look at a chart need none of it.

/** The script that lays out large charts in a worker. */
export { engineUrl }

export const loadExportFormats = () => import('./export/export-formats.ts')

export const loadPngRenderer = () => import('./export/png.ts')
