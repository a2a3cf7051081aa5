import engineUrl from './layout/layout.worker.ts?worker&url'

// Code that the viewer loads on demand, because most people who open a chart need none of it.

/** The script that lays out large charts in a worker. */
export { engineUrl }

/** Loads the code that writes a chart as JSON, Mermaid, SCXML or SVG. */
export const loadExportFormats = () => import('./export/export-formats.ts')

/** Loads the code that renders an SVG as a PNG. */
export const loadPngRenderer = () => import('./export/png.ts')
