import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, createMachine, fromPromise, not, setup, stateIn } from 'xstate'
import { listJsonLosses, toMachineConfig } from '#charts/export/machine-config.ts'
import { readChart } from '#charts/read-chart.ts'
import { generateMachines, guards, runMachine } from './generated-machines.ts'

const exportConfig = (machine: AnyStateMachine) => toMachineConfig(readChart(machine))

const readBack = (machine: AnyStateMachine): AnyStateMachine =>
  createMachine(JSON.parse(JSON.stringify(exportConfig(machine))))

const run = (machine: AnyStateMachine, ...sent: string[]) => runMachine(machine, sent)

describe('The JSON of a machine with explicit transitions for actor events', () => {
  it.each([
    'xstate.done.actor.worker',
    'xstate.error.actor.worker',
    'xstate.snapshot.worker',
    'xstate.done.actor.*',
    'xstate.done.state.m.b',
    'xstate.after.100.m.a',
    'xstate.route',
  ])('keeps the transition for %s', (event) => {
    const a = { on: { [event]: 'b' } }
    const machine = createMachine({ id: 'm', initial: 'a', states: { a, b: {} } })
    expect(exportConfig(machine)).toMatchObject({
      states: { a: { on: { [event]: [{ target: 'b' }] } } },
    })
    expect(readChart(readBack(machine))).toEqual(readChart(machine))
    expect(run(readBack(machine), event)).toEqual(run(machine, event))
  })

  it('distinguishes the handlers of an invoke from those of its state', () => {
    const on = {
      'xstate.snapshot.load': 'b',
      'xstate.error.actor.load': 'b',
      'xstate.done.actor.other': 'b',
    }
    const invoke = { id: 'load', src: 'load', onDone: 'b' }
    const machine = createMachine({ id: 'm', initial: 'a', states: { a: { invoke, on }, b: {} } })
    expect(exportConfig(machine)).toMatchObject({
      states: {
        a: {
          invoke: [{ id: 'load', src: 'load', onDone: [{ target: 'b' }] }],
          on: {
            'xstate.snapshot.load': [{ target: 'b' }],
            'xstate.error.actor.load': [{ target: 'b' }],
            'xstate.done.actor.other': [{ target: 'b' }],
          },
        },
      },
    })
    expect(readChart(readBack(machine))).toEqual(readChart(machine))
  })

  it('distinguishes the completion of the root from that of its states', () => {
    const part = {
      initial: 'open',
      states: { open: { on: { go: 'shut' } }, shut: { type: 'final' } },
    } as const
    const on = { 'xstate.done.state.m.part': '.after' }
    const machine = createMachine({ id: 'm', initial: 'part', on, states: { part, after: {} } })
    expect(exportConfig(machine)).toMatchObject({ on: { 'xstate.done.state.m.part': [{}] } })
    expect(exportConfig(machine)).not.toHaveProperty('onDone')
    expect(run(readBack(machine), 'go')).toEqual([
      { isDone: false, active: ['m', 'm.part', 'm.part.open'] },
      { isDone: false, active: ['m', 'm.after'] },
    ])
  })

  it('keeps a route whose id is the default one', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: { a: {}, b: { id: 'm.b', route: {} } },
    })
    expect(readChart(readBack(machine))).toEqual(readChart(machine))
  })
})

describe('The JSON of names with dots', () => {
  it.each([
    [
      'a key',
      { id: 'm', initial: 'v1.0', states: { 'v1.0': { on: { go: 'v2\\.0' } }, 'v2.0': {} } },
    ],
    [
      'an id',
      {
        id: 'my.app',
        initial: 'a',
        states: { a: { on: { go: { target: '#my\\.app', actions: 'x' } } } },
      },
    ],
    [
      'a child of a key',
      {
        id: 'm',
        initial: 'v1.0',
        states: { 'v1.0': { initial: 'a', states: { a: {}, b: {} }, on: { go: '#m.v1\\.0.b' } } },
      },
    ],
    [
      'a state with a custom id',
      {
        id: 'm',
        initial: 'a',
        states: { a: { on: { go: '#the\\.goal' } }, b: { id: 'the.goal' } },
      },
    ],
    [
      'a key that starts like an id',
      { id: 'm', initial: 'a', states: { a: { on: { go: '#m\\.#b' } }, '#b': {} } },
    ],
    ['a backslash', { id: 'm', initial: 'a', states: { a: { on: { go: 'b\\\\c' } }, 'b\\c': {} } }],
    [
      'the default of a history state',
      {
        id: 'my.app',
        initial: 'h',
        states: { h: { type: 'history', target: 'v1\\.0' }, a: {}, 'v1.0': {} },
      },
    ],
  ])('is read back: %s', (_name, config) => {
    const machine = createMachine(config as Parameters<typeof createMachine>[0])
    expect(readChart(readBack(machine))).toEqual(readChart(machine))
    expect(run(readBack(machine), 'go')).toEqual(run(machine, 'go'))
  })

  it('uses the usual notation if there are none', () => {
    const states = {
      a: {
        initial: 'b',
        states: { b: { on: { go: '#m.c.d', on: 'e' } }, e: {} },
        on: { in: '.e' },
      },
      c: { initial: 'd', states: { d: {} } },
    }
    const config = exportConfig(createMachine({ id: 'm', initial: 'a', states }))
    expect(config).toMatchObject({
      states: {
        a: {
          on: { in: [{ target: '.e' }] },
          states: { b: { on: { go: [{ target: '#m.c.d' }], on: [{ target: 'e' }] } } },
        },
      },
    })
  })
})

it('keeps the names of guards and actions with computed params, and reports what is lost', () => {
  const machine = setup({
    guards: { isNew: () => true, isBelow: (_, _params: number) => true },
    actions: { report: (_, _params: number) => {} },
    actors: { load: fromPromise(async () => {}) },
  }).createMachine({
    id: 'm',
    initial: 'a',
    states: {
      a: {
        entry: [{ type: 'report', params: () => 1 }, () => {}],
        invoke: { src: fromPromise(async () => {}) },
        on: {
          go: { guard: { type: 'isBelow', params: () => 1 }, target: 'b' },
          in: { guard: stateIn('b'), target: 'b' },
          out: { guard: not('isNew'), target: 'b' },
          on: { guard: () => true, target: 'b' },
        },
      },
      b: {},
    },
  })
  const chart = readChart(machine)
  expect(toMachineConfig(chart)).toMatchObject({
    states: {
      a: { entry: ['report', 'inline action'], on: { go: [{ guard: 'isBelow', target: 'b' }] } },
    },
  })
  expect(listJsonLosses(chart)).toEqual([
    'm.a: the computed params of the action report are omitted.',
    'm.a: an action is inline code; only the name “inline action” is exported.',
    'm.a: the actor 0.m.a is inline code; only the name “inline actor” is exported.',
    'm.a, on go: the computed params of the guard isBelow are omitted.',
    'm.a, on in: the guard is inline code; only the name “in b” is exported.',
    'm.a, on out: the guard is inline code; only the name “not isNew” is exported.',
    'm.a, on on: the guard is inline code; only the name “inline guard” is exported.',
  ])
})

it('restores a machine that behaves the same', () => {
  fc.assert(
    fc.property(generateMachines({ hasStateIn: false }), ({ machine, sent, steps }) => {
      const restored = readBack(machine)
      expect(readChart(restored)).toEqual(readChart(machine))
      expect(runMachine(restored.provide({ guards }), sent)).toEqual(steps)
    }),
    { numRuns: 300 },
  )
})
