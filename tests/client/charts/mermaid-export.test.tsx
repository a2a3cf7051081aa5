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

/** Expects Mermaid itself to draw a machine with all its states. */
async function expectDrawn(machine: AnyStateMachine) {
  const chart = readChart(machine)
  count += 1
  const { svg } = await mermaid.render(`chart-${count}`, toMermaid(chart))
  const drawn = new DOMParser().parseFromString(svg, 'text/html').body.textContent
  const missing = listStates(chart.root).filter(({ key }) => !drawn.includes(formatKey(key)))
  expect(missing.map(({ id }) => id)).toEqual([])
}

/** Formats a key as a picture shows it, on one line and without control characters. */
const formatKey = (key: string) => key.replace(/\s+/g, ' ').replaceAll('\u0000', '␀')

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

  it('transitions from one region to another, or to itself', async () => {
    const states = { a: {}, b: { on: { go: '#m.a', again: '#m.b' } } }
    await expectDrawn(createMachine({ id: 'm', type: 'parallel', states }))
  })

  it('an empty key, and characters that format text', async () => {
    const states = { '': {}, __init__: {}, '*b* &lt;': {} }
    await expectDrawn(createMachine({ initial: '__init__', states, on: { go: '.__init__' } }))
  })

  it('control characters and line breaks in names', async () => {
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
