import type { StoredLayouts } from '#charts/layout/layout-service.ts'
import layouts from './stored-layouts.json' with { type: 'json' }

// TypeScript reads the file's tuples as arrays of any length.
export const storedLayouts = layouts as unknown as StoredLayouts
