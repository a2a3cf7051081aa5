import engineUrl from './layout/layout.worker.ts?worker&url'

// Code that the viewer loads on demand, because most people who open a chart need none of it.

/** The script that lays out large charts in a worker. */
export { engineUrl }

export const loadExportFormats = () => import('./export/export-formats.ts')

export const loadPngRenderer = () => import('./export/png.ts')
