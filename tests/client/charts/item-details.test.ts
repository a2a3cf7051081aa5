import { describe, expect, it } from 'vitest'
import { fromPromise, setup } from 'xstate'
import { describeItem, findItemDetails } from '#charts/components/item-details.ts'
import { readChart } from '#charts/read-chart.ts'

const lamp = setup({
  types: { events: {} as { type: 'press' } | { type: 'hold' } },
  actions: { warmUp: () => {}, light: () => {}, dim: () => {}, click: () => {} },
  actors: { bulb: fromPromise(async () => {}) },
  guards: { hasPower: () => true },
}).createMachine({
  id: 'lamp',
  description: 'A lamp with a switch.',
  initial: { target: 'off', actions: 'warmUp', description: 'Out of the box.' },
  states: {
    off: { on: { press: { target: 'on', guard: 'hasPower', actions: 'click' } } },
    on: {
      description: 'It shines.',
      tags: ['bright'],
      entry: 'light',
      exit: 'dim',
      invoke: { id: 'bulb', src: 'bulb' },
      type: 'parallel',
      states: { glowing: {} },
      on: { hold: { description: 'Begins again.', target: 'on', reenter: true }, press: {} },
    },
  },
})

const chart = readChart(lamp)

describe('The details of an item', () => {
  it('show the initial transition of a compound state', () => {
    expect(findItemDetails(chart, 'lamp')).toEqual({
      title: 'lamp',
      description: 'A lamp with a switch.',
      facts: [
        ['Kind', 'compound'],
        ['Initial state', 'off'],
        ['Initial actions', 'warmUp'],
        ['Initial transition', 'Out of the box.'],
      ],
    })
  })

  it('show the parts of a state', () => {
    expect(findItemDetails(chart, 'lamp.on')).toEqual({
      title: 'on',
      description: 'It shines.',
      facts: [
        ['Kind', 'parallel'],
        ['Tags', 'bright'],
        ['Entry', 'light'],
        ['Exit', 'dim'],
        ['Invokes', 'bulb'],
      ],
    })
  })

  it('show what a transition does', () => {
    expect(findItemDetails(chart, 'lamp.off|press|0')).toEqual({
      title: 'press',
      description: '',
      facts: [
        ['From', 'lamp.off'],
        ['To', 'lamp.on'],
        ['If', 'hasPower'],
        ['Actions', 'click'],
      ],
    })
    expect(findItemDetails(chart, 'lamp.on|hold|0')?.facts).toEqual([
      ['From', 'lamp.on'],
      ['To', 'lamp.on, re-entered'],
    ])
    expect(findItemDetails(chart, 'lamp.on|press|0')?.facts).toEqual([
      ['From', 'lamp.on'],
      ['To', 'stays'],
      ['Actions', 'none: the event is ignored'],
    ])
  })

  it('are null for an unknown id', () => {
    expect(findItemDetails(chart, 'lamp.broken')).toBeNull()
  })

  it('become sentences for screen readers', () => {
    expect(describeItem(chart, 'lamp')).toBe(
      'A lamp with a switch. Kind: compound. Initial state: off. Initial actions: warmUp. Initial transition: Out of the box.',
    )
    expect(describeItem(chart, 'lamp.on.glowing')).toBe('')
  })
})
