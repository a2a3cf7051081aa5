import fc from 'fast-check'
import mermaid from 'mermaid'
import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, createMachine } from 'xstate'
import { listStates } from '#charts/chart.ts'
import { toMermaid } from '#charts/export/mermaid.ts'
import { readChart } from '#charts/read-chart.ts'
import { allCharts } from './all-charts.ts'
import { generateMachines } from './generated-machines.ts'

mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true, maxTextSize: 200_000 })

let count = 0

/** Expects that Mermaid itself draws a machine, with every state. */
async function expectDrawn(machine: AnyStateMachine) {
  const chart = readChart(machine)
  count += 1
  const { svg } = await mermaid.render(`chart-${count}`, toMermaid(chart))
  const drawn = new DOMParser().parseFromString(svg, 'text/html').body.textContent
  const missing = listStates(chart.root).filter(({ key }) => !drawn.includes(toShown(key)))
  expect(missing.map(({ id }) => id)).toEqual([])
}

/** A key as a picture shows it, on one line and without control characters. */
const toShown = (key: string) => key.replace(/\s+/g, ' ').replaceAll('\u0000', '␀')

const nest = (depth: number): object =>
  depth === 0 ? {} : { initial: 'inner', states: { inner: nest(depth - 1), other: {} } }

describe('Mermaid draws', () => {
  it.each(['compound', 'parallel'] as const)(
    'a %s of two siblings, each three compounds deep',
    (type) =>
      expectDrawn(
        createMachine({
          id: 'm',
          ...(type === 'compound' ? { initial: 'a' } : { type }),
          states: { a: nest(3), b: nest(3) },
        }),
      ),
  )

  it('what leads from one region to another, or back to itself', async () => {
    const states = { a: {}, b: { on: { go: '#m.a', again: '#m.b' } } }
    await expectDrawn(createMachine({ id: 'm', type: 'parallel', states }))
  })

  it('control characters and lines in names', async () => {
    const name = 'a\u0000b\nc'
    const states = { [name]: { entry: name, on: { [name]: 'end' } }, end: {} }
    await expectDrawn(createMachine({ id: `m${name}`, initial: name, states }))
  })

  it.each(Object.entries(allCharts))('the chart of %s', (_name, machine) => expectDrawn(machine))

  it('generated machines', async () => {
    await fc.assert(
      fc.asyncProperty(generateMachines({ hasStateIn: true }), ({ machine }) =>
        expectDrawn(machine),
      ),
      { numRuns: 25, endOnFailure: true },
    )
  })
})
