import Elk from 'elkjs/lib/elk.bundled.js'
import { describe, expect, it } from 'vitest'
import { statesOf } from '#charts/chart.ts'
import { chartOf } from '#charts/chart-model.ts'
import { estimateText } from '#charts/layout/estimated-text.ts'
import { layOut } from '#charts/layout/lay-out.ts'
import { allCharts } from './all-charts.ts'
import { faultsOf, faultsOfCounts } from './geometry.ts'

const engine = new Elk()
const directions = ['down', 'right'] as const

describe.each(Object.entries(allCharts))('the layout of %s', (_name, machine) => {
  const chart = chartOf(machine)

  it.each(directions)('has no fault when it leads %s', { timeout: 60_000 }, async (direction) => {
    const layout = await layOut({ chart, direction, collapsed: new Set() }, engine, estimateText)
    expect(faultsOf(layout)).toEqual([])
    expect(faultsOfCounts(layout)).toEqual([])
    expect(layout.states.length).toBe(statesOf(chart.root).length)
    expect(shownTransitions(layout)).toEqual(chart.transitions.map(({ id }) => id).sort())
  })

  it('has no fault with every state below the top collapsed', async () => {
    const collapsed = new Set(chart.root.states.map(({ id }) => id))
    const layout = await layOut({ chart, direction: 'down', collapsed }, engine, estimateText)
    expect(faultsOf(layout)).toEqual([])
    expect(layout.states.length).toBe(1 + chart.root.states.length)
  })
})

function shownTransitions({ states, arrows }: Awaited<ReturnType<typeof layOut>>): string[] {
  const rows = [...states, ...arrows].flatMap(({ text }) => text.blocks)
  return rows.flatMap(({ transitionId }) => transitionId ?? []).sort()
}
