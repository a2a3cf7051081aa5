import type { StoredLayouts } from '#charts/layout/layout-service.ts'
import made from './stored-layouts.json' with { type: 'json' }

// JSON has no tuples, so that TypeScript can't tell the file's arrays of five numbers.
export const storedLayouts = made as unknown as StoredLayouts
