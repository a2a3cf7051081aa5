import { describe, expect, it } from 'vitest'
import { fromPromise, setup } from 'xstate'
import { chartOf } from '#charts/chart-model.ts'
import { descriptionOf, itemWords } from '#charts/components/item-words.ts'

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

const chart = chartOf(lamp)

describe('the words for an item', () => {
  it('tell how a compound state begins', () => {
    expect(itemWords(chart, 'lamp')).toEqual({
      title: 'lamp',
      description: 'A lamp with a switch.',
      facts: [
        ['Kind', 'compound'],
        ['Begins in', 'off'],
        ['Begins by', 'warmUp'],
        ['Beginning', 'Out of the box.'],
      ],
    })
  })

  it('tell all that a state is made of', () => {
    expect(itemWords(chart, 'lamp.on')).toEqual({
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

  it('tell what a transition does, and what it does not', () => {
    expect(itemWords(chart, 'lamp.off|press|0')).toEqual({
      title: 'press',
      description: '',
      facts: [
        ['From', 'lamp.off'],
        ['To', 'lamp.on'],
        ['If', 'hasPower'],
        ['Does', 'click'],
      ],
    })
    expect(itemWords(chart, 'lamp.on|hold|0')?.facts).toEqual([
      ['From', 'lamp.on'],
      ['To', 'lamp.on, which is entered anew'],
    ])
    expect(itemWords(chart, 'lamp.on|press|0')?.facts).toEqual([
      ['From', 'lamp.on'],
      ['To', 'stays'],
      ['Does', 'nothing'],
    ])
  })

  it('are none for what is not on the chart', () => {
    expect(itemWords(chart, 'lamp.broken')).toBeNull()
  })

  it('can be read out in one go', () => {
    expect(descriptionOf(chart, 'lamp')).toBe(
      'A lamp with a switch. Kind: compound. Begins in: off. Begins by: warmUp. Beginning: Out of the box.',
    )
    expect(descriptionOf(chart, 'lamp.on.glowing')).toBe('')
  })
})
