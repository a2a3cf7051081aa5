import type { StoredLayouts } from '#client/features/charts/layout/layout-service.ts'
import made from './stored-layouts.json' with { type: 'json' }

// JSON has no tuples, so that TypeScript can't tell the file's arrays of five numbers.
export const storedLayouts = made as unknown as StoredLayouts
