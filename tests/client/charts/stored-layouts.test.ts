import { describe, expect, it } from 'vitest'
import { chartOf } from '#charts/chart-model.ts'
import { estimateText } from '#charts/layout/estimated-text.ts'
import { layOutFromStore } from '#charts/layout/lay-out.ts'
import type { Direction } from '#charts/layout/layout.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { storedLayouts } from '#client/app/charts/layouts/stored-layouts.ts'
import { faultsOf } from './geometry.ts'

const views = chartEntries.flatMap(({ machine }) =>
  (['down', 'right'] satisfies Direction[]).map((direction) => ({ machine, direction })),
)

describe.each(views)('the stored layout of $machine.id, $direction', ({ machine, direction }) => {
  const chart = chartOf(machine)
  const stored = storedLayouts[`${machine.id} ${direction}`] ?? { nodes: {}, edges: {} }
  const restore = (measure = estimateText) =>
    layOutFromStore({ chart, direction, collapsed: new Set() }, stored, measure)

  it('is of the machine as it is now; else run `npm run charts:export`', () => {
    const layout = restore()
    expect(layout && faultsOf(layout)).toEqual([])
  })

  it('serves every narrower font, and no wider one', () => {
    const narrower = restore((text, style) => estimateText(text, style) * 0.85)
    expect(narrower && faultsOf(narrower)).toEqual([])
    expect(restore((text, style) => estimateText(text, style) * 1.5)).toBeUndefined()
  })
})
