import { describe, expect, it } from 'vitest'
import type { Direction } from '#charts/layout/chart-layout.ts'
import { loadStoredLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { storedLayouts } from '#client/app/charts/layouts/stored-layouts.ts'
import { findFaults } from './layout-faults.ts'

const views = chartEntries.flatMap(({ machine }) =>
  (['down', 'right'] satisfies Direction[]).map((direction) => ({ machine, direction })),
)

describe.each(views)('The stored layout of $machine.id, $direction', ({ machine, direction }) => {
  const chart = readChart(machine)
  const stored = storedLayouts[`${machine.id} ${direction}`] ?? { nodes: {}, edges: {} }
  const restore = (measure = estimateText) =>
    loadStoredLayout({ chart, direction, collapsed: new Set() }, stored, measure)

  it('is up to date; otherwise run `npm run charts:export`', () => {
    const layout = restore()
    expect(layout && findFaults(layout)).toEqual([])
  })

  it('fits every narrower font, and no wider one', () => {
    const narrower = restore((text, style) => estimateText(text, style) * 0.85)
    expect(narrower && findFaults(narrower)).toEqual([])
    expect(restore((text, style) => estimateText(text, style) * 1.5)).toBeUndefined()
  })
})
