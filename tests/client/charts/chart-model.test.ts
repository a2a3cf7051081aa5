import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, type AnyStateNode, createMachine } from 'xstate'
import { type ChartTransition, statesOf } from '#charts/chart.ts'
import { chartOf, nodesOf } from '#charts/chart-model.ts'
import { actionLabel, guardLabel } from '#charts/chart-parts.ts'
import { allCharts } from './all-charts.ts'

const named = (name: string): AnyStateMachine => {
  const machine = allCharts[name]
  if (!machine) throw new Error(`There is no chart ${name}`)
  return machine
}

describe.each(Object.entries(allCharts))('the chart of %s', (_name, machine) => {
  const chart = chartOf(machine)

  it('has every state of the machine, in order', () => {
    const ids = statesOf(chart.root).map(({ id }) => id)
    expect(ids).toEqual(nodesOf(machine.root).map(({ id }) => id))
  })

  it('has every transition of the machine, always included', () => {
    const counted = chart.transitions.filter(({ kind }) => kind !== 'history').length
    const expected = nodesOf(machine.root).reduce(
      (sum, node) => sum + definitionsOf(node).length,
      0,
    )
    expect(counted).toBe(expected)
  })

  it('names every transition once, and only states that exist', () => {
    const ids = new Set(statesOf(chart.root).map(({ id }) => id))
    const ends = chart.transitions.flatMap(({ source, targets }) => [source, ...targets])
    expect(ends.filter((id) => !ids.has(id))).toEqual([])
    expect(new Set(chart.transitions.map(({ id }) => id)).size).toBe(chart.transitions.length)
  })

  it('is plain JSON, and the same after .provide()', () => {
    expect(JSON.parse(JSON.stringify(chart))).toEqual(chart)
    expect(chartOf(machine.provide({}))).toEqual(chart)
  })
})

describe('what a transition says', () => {
  it('names timers by their delay', () => {
    expect(said('trafficLight')).toEqual([
      'red: after 30 s → green',
      'green: after 500 ms → yellow',
      'yellow: after 2 min → red',
      'yellow: after shortly → red',
    ])
    expect(chartOf(named('delays')).transitions.map(({ delay }) => delay)).toEqual([
      null,
      { name: '0', milliseconds: 0 },
      { name: 'patience', milliseconds: 90_000 },
      { name: 'patience', milliseconds: 90_000 },
      { name: 'backoff', milliseconds: null },
    ])
  })

  it('spells out every guard', () => {
    const guards = chartOf(named('guards')).transitions.map(({ guard }) => guard)
    expect(guards.map((guard) => guard && guardLabel(guard))).toEqual([
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

  it('tells wildcards, and events that are kept from above', () => {
    expect(said('wildcards')).toEqual([
      'wildcards: any event → lost',
      'watching: mouse.* → active',
      'watching: mouse.click.left → active',
      'watching: ignored → ',
      'active: any event → watching',
      'active: key.down → ',
    ])
  })

  it('tells where a history state leads at first', () => {
    expect(said('history').filter((line) => line.includes('at first'))).toEqual([
      'exact: at first → body',
      'byPath: at first → first',
      'byId: at first → second',
    ])
    const kinds = statesOf(chartOf(named('history')).root).map(({ history }) => history)
    expect(kinds.filter(Boolean)).toEqual(['shallow', 'deep', 'shallow', 'shallow'])
  })

  it('names invoked actors by their id, or by their source where the id was made up', () => {
    expect(said('invokes')).toEqual([
      'loading: done: load → ready',
      'loading: error: load → broken',
      'loading: error: ticks → broken',
      'loading: snapshot: ticks → ',
      'ready: done: inline actor → loading',
      'broken: done: child → ready',
    ])
  })

  it('has several targets, and completion', () => {
    expect(said('parallelRegions').slice(0, 3)).toEqual([
      'editing: reset → off, none',
      'editing: close → closed',
      'editing: completed → closed',
    ])
  })

  it('names actions, built ones by what they do', () => {
    const chart = chartOf(named('actions'))
    const [move] = chart.transitions
    expect(move?.actions.map(actionLabel)).toEqual([
      'enqueueActions',
      'sendTo (type: do)',
      'emit (type: told)',
      'stopChild',
      'log',
      'inline action',
      'report (…)',
    ])
    const [, first] = statesOf(chart.root)
    expect(first?.entry.map(actionLabel)).toEqual(['save', 'report (status: in)', 'assign'])
    expect(first?.exit.map(actionLabel)).toEqual(['raise (type: again)', 'cancel'])
  })
})

describe('the fingerprint', () => {
  it('changes with a guard, a target and an action, not with words for people', () => {
    const print = (go: object) =>
      chartOf(createMachine({ id: 'm', initial: 'a', states: { a: { on: { go } }, b: {} } }))
        .fingerprint
    const usual = print({ guard: 'a', target: 'b' })
    expect(print({ guard: 'a', target: 'b', description: 'Other words.' })).toBe(usual)
    expect(print({ guard: 'x', target: 'b' })).not.toBe(usual)
    expect(print({ guard: 'a', target: 'a' })).not.toBe(usual)
    expect(print({ guard: 'a', target: 'b', actions: 'c' })).not.toBe(usual)
  })
})

function definitionsOf(node: AnyStateNode) {
  return [...node.transitions.values(), node.always ?? []].flat()
}

function said(name: string): string[] {
  const chart = chartOf(named(name))
  const keys = new Map(statesOf(chart.root).map(({ id, key }) => [id, key]))
  const keyOf = (id: string) => keys.get(id)
  return chart.transitions.map(
    ({ source, label, targets }: ChartTransition) =>
      `${keyOf(source)}: ${label} → ${targets.map(keyOf).join(', ')}`,
  )
}
