import { expect, it } from 'vitest'
import { createMachine, fromPromise } from 'xstate'
import { findItemDetails } from '#charts/components/item-details.ts'
import { computeLayout } from '#charts/layout/compute-layout.ts'
import { estimateText } from '#charts/layout/estimate-text.ts'
import { readChart } from '#charts/read-chart.ts'

const chart = readChart(
  createMachine({
    id: 'search',
    initial: 'typing',
    states: {
      typing: {
        invoke: [
          { src: 'fetch', onDone: 'found' },
          { src: 'fetch', onDone: 'found' },
          { src: 'typeahead' },
          { id: 'own', src: 'fetch' },
          { id: 'same', src: 'same' },
          { src: fromPromise(() => Promise.resolve()), onError: 'found' },
        ],
      },
      found: {},
    },
  }),
)

it('Invoked actors have the names that a designer gave them, and are distinguishable', () => {
  const layout = computeLayout({ chart, direction: 'down', collapsed: new Set() }, estimateText)
  const read = (kind: string) =>
    [...layout.states, ...layout.arrows]
      .flatMap(({ text }) => text.blocks.filter((block) => block.kind === kind))
      .map(({ lines }) => lines.map(({ text }) => text).join(' '))
  expect(read('invoke')).toEqual([
    'invoke fetch #1',
    'invoke fetch #2',
    'invoke typeahead',
    'invoke own: fetch',
    'invoke same',
    'invoke inline actor',
  ])
  expect(read('transition')).toEqual(['done: fetch #1', 'done: fetch #2', 'error: inline actor'])
  expect(findItemDetails(chart, 'search.typing')?.facts).toContainEqual([
    'Invokes',
    'fetch #1, fetch #2, typeahead, own: fetch, same, inline actor',
  ])
})
