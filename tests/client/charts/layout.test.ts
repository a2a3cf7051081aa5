import Elk from 'elkjs/lib/elk.bundled.js'
import { describe, expect, it } from 'vitest'
import { listStates } from '#charts/chart.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { allCharts } from './all-charts.ts'
import { findCountFaults, findFaults } from './layout-faults.ts'

const engine = new Elk()
const directions = ['down', 'right'] as const

describe.each(Object.entries(allCharts))('The layout of %s', (_name, machine) => {
  const chart = readChart(machine)

  it.each(directions)(
    'has no fault in the direction %s',
    { timeout: 60_000 },
    async (direction) => {
      const layout = await computeLayout(
        { chart, direction, collapsed: new Set() },
        engine,
        estimateText,
      )
      expect(findFaults(layout)).toEqual([])
      expect(findCountFaults(layout)).toEqual([])
      expect(layout.states.length).toBe(listStates(chart.root).length)
      expect(shownTransitions(layout)).toEqual(chart.transitions.map(({ id }) => id).sort())
    },
  )

  it('has no fault with every top-level state collapsed', async () => {
    const collapsed = new Set(chart.root.states.map(({ id }) => id))
    const layout = await computeLayout(
      { chart, direction: 'down', collapsed },
      engine,
      estimateText,
    )
    expect(findFaults(layout)).toEqual([])
    expect(layout.states.length).toBe(1 + chart.root.states.length)
  })
})

function shownTransitions({ states, arrows }: Awaited<ReturnType<typeof computeLayout>>): string[] {
  const rows = [...states, ...arrows].flatMap(({ text }) => text.blocks)
  return rows.flatMap(({ transitionId }) => transitionId ?? []).sort()
}
