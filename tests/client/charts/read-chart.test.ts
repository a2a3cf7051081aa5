import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, type AnyStateNode, createMachine } from 'xstate'
import { type ChartTransition, listStates } from '#charts/chart.ts'
import { formatAction, formatGuard } from '#charts/labels.ts'
import { readChart } from '#charts/read-chart.ts'
import { listNodes } from '#charts/xstate-internals.ts'
import { allCharts } from './all-charts.ts'

const findMachine = (name: string): AnyStateMachine => {
  const machine = allCharts[name]
  if (!machine) throw new Error(`no chart ${name}`)
  return machine
}

describe.each(Object.entries(allCharts))('The chart of %s', (_name, machine) => {
  const chart = readChart(machine)

  it('has every state of the machine, in order', () => {
    const ids = listStates(chart.root).map(({ id }) => id)
    expect(ids).toEqual(listNodes(machine).map(({ id }) => id))
  })

  it('has every transition of the machine, including always', () => {
    const counted = chart.transitions.filter(({ kind }) => kind !== 'history').length
    const expected = listNodes(machine).reduce((sum, node) => sum + listDefinitions(node).length, 0)
    expect(counted).toBe(expected)
  })

  it('has unique transition ids, and only existing states', () => {
    const ids = new Set(listStates(chart.root).map(({ id }) => id))
    const ends = chart.transitions.flatMap(({ source, targets }) => [source, ...targets])
    expect(ends.filter((id) => !ids.has(id))).toEqual([])
    expect(new Set(chart.transitions.map(({ id }) => id)).size).toBe(chart.transitions.length)
  })

  it('is plain JSON, and the same after .provide()', () => {
    expect(JSON.parse(JSON.stringify(chart))).toEqual(chart)
    expect(readChart(machine.provide({}))).toEqual(chart)
  })
})

describe('The label of a transition', () => {
  it('is the delay for a timer', () => {
    expect(listLabels('trafficLight')).toEqual([
      'red: after 30 s → green',
      'green: after 500 ms → yellow',
      'yellow: after 2 min → red',
      'yellow: after shortly → red',
    ])
    expect(readChart(findMachine('delays')).transitions.map(({ delay }) => delay)).toEqual([
      null,
      { name: '0', milliseconds: 0 },
      { name: 'patience', milliseconds: 90_000 },
      { name: 'patience', milliseconds: 90_000 },
      { name: 'backoff', milliseconds: null },
    ])
  })

  it('has a format for every guard', () => {
    const guards = readChart(findMachine('guards')).transitions.map(({ guard }) => guard)
    expect(guards.map((guard) => guard && formatGuard(guard))).toEqual([
      'isReady and not isNew',
      'isReady or isBelow (limit: 3)',
      'not (isReady and (isNew or isReady))',
      'in power.on',
      'in #guards.power.off',
      'inline guard',
      'inline guard',
      'isBelow (…)',
      'isNew',
      null,
    ])
  })

  it('covers wildcards and forbidden events', () => {
    expect(listLabels('wildcards')).toEqual([
      'wildcards: any event → lost',
      'watching: mouse.* → active',
      'watching: mouse.click.left → active',
      'watching: ignored → ',
      'active: any event → watching',
      'active: key.down → ',
    ])
  })

  it('covers the default of a history state', () => {
    expect(listLabels('history').filter((line) => line.includes('at first'))).toEqual([
      'exact: at first → body',
      'byPath: at first → first',
      'byId: at first → second',
    ])
    const kinds = listStates(readChart(findMachine('history')).root).map(({ history }) => history)
    expect(kinds.filter(Boolean)).toEqual(['shallow', 'deep', 'shallow', 'shallow'])
  })

  it('is the id of an invoked actor, or its source if the id is generated', () => {
    expect(listLabels('invokes')).toEqual([
      'loading: done: load → ready',
      'loading: error: load → broken',
      'loading: error: ticks → broken',
      'loading: snapshot: ticks → ',
      'ready: done: inline actor → loading',
      'broken: done: child → ready',
    ])
  })

  it('covers several targets, and completion', () => {
    expect(listLabels('parallelRegions').slice(0, 3)).toEqual([
      'editing: reset → off, none',
      'editing: close → closed',
      'editing: completed → closed',
    ])
  })

  it('has a format for every action', () => {
    const chart = readChart(findMachine('actions'))
    const [move] = chart.transitions
    expect(move?.actions.map(formatAction)).toEqual([
      'enqueueActions',
      'sendTo (type: do)',
      'emit (type: told)',
      'stopChild',
      'log',
      'inline action',
      'report (…)',
    ])
    const [, first] = listStates(chart.root)
    expect(first?.entry.map(formatAction)).toEqual(['save', 'report (status: in)', 'assign'])
    expect(first?.exit.map(formatAction)).toEqual(['raise (type: again)', 'cancel'])
  })
})

describe('The fingerprint', () => {
  it('changes with a guard, a target and an action, not with a description', () => {
    const print = (go: object) =>
      readChart(createMachine({ id: 'm', initial: 'a', states: { a: { on: { go } }, b: {} } }))
        .fingerprint
    const original = print({ guard: 'a', target: 'b' })
    expect(print({ guard: 'a', target: 'b', description: 'Other words.' })).toBe(original)
    expect(print({ guard: 'x', target: 'b' })).not.toBe(original)
    expect(print({ guard: 'a', target: 'a' })).not.toBe(original)
    expect(print({ guard: 'a', target: 'b', actions: 'c' })).not.toBe(original)
  })
})

function listDefinitions(node: AnyStateNode) {
  return [...node.transitions.values(), node.always ?? []].flat()
}

function listLabels(name: string): string[] {
  const chart = readChart(findMachine(name))
  const keys = new Map(listStates(chart.root).map(({ id, key }) => [id, key]))
  const keyOf = (id: string) => keys.get(id)
  return chart.transitions.map(
    ({ source, label, targets }: ChartTransition) =>
      `${keyOf(source)}: ${label} → ${targets.map(keyOf).join(', ')}`,
  )
}
