import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { listStates } from '#charts/chart.ts'
import type { ChartLayout, Direction } from '#charts/layout/chart-layout.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'
import { createHub, createRing, createSteps } from '#scripts/charts/large-charts.ts'
import { allCharts } from './all-charts.ts'
import { nestedMachines } from './charts/nested-charts.ts'
import { findCountFaults, findFaults } from './layout-faults.ts'

const directions = ['down', 'right'] as const

const layOut = (
  machine: AnyStateMachine,
  direction: Direction,
  { collapsed = new Set<string>(), exits = new Map<string, boolean>() } = {},
) => computeLayout({ chart: readChart(machine), direction, collapsed, exits }, estimateText)

describe.each(Object.entries(allCharts))('The layout of %s', (_name, machine) => {
  const chart = readChart(machine)

  it.each(directions)('has no faults in the direction %s', (direction) => {
    const layout = layOut(machine, direction)
    expect(findFaults(layout)).toEqual([])
    expect(findCountFaults(layout)).toEqual([])
    expect(layout.states.length).toBe(listStates(chart.root).length)
    expect(listShownTransitions(layout)).toEqual(chart.transitions.map(({ id }) => id).sort())
  })

  it('has no faults with every top-level state collapsed', () => {
    const collapsed = new Set(chart.root.states.map(({ id }) => id))
    const layout = layOut(machine, 'down', { collapsed })
    expect(findFaults(layout)).toEqual([])
    expect(layout.states.length).toBe(1 + chart.root.states.length)
  })
})

const largeCharts = {
  '13 leaves around a hub': createHub(13),
  '49 leaves around a hub': createHub(49),
  '100 steps': createSteps(100),
  '200 steps': createSteps(200),
  'a ring of 100 with jumps': createRing(100, 50),
  'a ring of 200 with jumps': createRing(200, 100),
  'a ring of 200 with short jumps': createRing(200, 7),
}

// The layout is synchronous: if it took too long, the test would time out.
describe.each(Object.entries(largeCharts))('The layout of %s', (_name, machine) => {
  it.each(directions)('has no faults in the direction %s', { timeout: 60_000 }, (direction) => {
    const layout = layOut(machine, direction)
    expect(findFaults(layout)).toEqual([])
    expect(listShownTransitions(layout).length).toBe(readChart(machine).transitions.length)
  })

  it.each(directions)(
    'has no faults with all lines drawn, %s',
    { timeout: 60_000 },
    (direction) => {
      const { states } = readChart(machine).root
      const exits = new Map(states.map(({ id }) => [id, false] as const))
      expect(findFaults(layOut(machine, direction, { exits }))).toEqual([])
    },
  )
})

it.each(directions)(
  'nested states have no faults in the direction %s, whatever their transitions',
  { timeout: 60_000 },
  (direction) => {
    fc.assert(
      fc.property(nestedMachines, (machine) => {
        expect(findFaults(layOut(machine, direction))).toEqual([])
      }),
    )
  },
)

function listShownTransitions({ states, arrows }: ChartLayout): string[] {
  const rows = [...states, ...arrows].flatMap(({ text }) => text.blocks)
  return rows.flatMap(({ transitionId }) => transitionId ?? []).sort()
}
