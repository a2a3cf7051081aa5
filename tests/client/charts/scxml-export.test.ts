import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnyStateMachine, createMachine, not, stateIn } from 'xstate'
import { toScxml } from '#charts/export/scxml.ts'
import { listScxmlLosses } from '#charts/export/scxml-losses.ts'
import { nameForScxml } from '#charts/export/scxml-names.ts'
import { readChart } from '#charts/read-chart.ts'
import { listNodes } from '#charts/xstate-internals.ts'
import { allCharts } from './all-charts.ts'
import { generateMachines, guards, runMachine, type Step } from './generated-machines.ts'
import { findScxmlFaults, parseXml } from './scxml-document.ts'
import { isBeyondScion, runScxml } from './scxml-interpreter.ts'

type Config = Parameters<typeof createMachine>[0]

/** Expects a machine to behave the same in SCXML, and returns its last active states. */
function expectSame(config: Config, ...sent: string[]): string[] {
  const machine = createMachine(config, { guards })
  const document = parseXml(toScxml(readChart(machine)))
  expect(findScxmlFaults(document)).toEqual([])
  const steps = (runMachine(machine, sent) ?? []).map(hideEnd)
  expect(runInScxml(machine, sent)).toEqual(steps)
  return steps.at(-1)?.active ?? []
}

const write = (config: Config) => toScxml(readChart(createMachine(config)))

const branch = (event: string) => ({
  id: 'm',
  initial: 'a',
  states: { a: { on: { [event]: 'b' } }, b: {} },
})

describe('The SCXML of a machine', () => {
  it('matches an event exactly, not by prefix', () => {
    expect(expectSame(branch('video'), 'video.edit')).toEqual(['m', 'm.a'])
    expect(expectSame(branch('video'), 'video')).toEqual(['m', 'm.b'])
    expect(expectSame(branch('video.*'), 'video.edit')).toEqual(['m', 'm.b'])
    expect(expectSame(branch('video.*'), 'video')).toEqual(['m', 'm.b'])
  })

  it('treats an event with spaces as one event', () => {
    expect(expectSame(branch('go to 北京'), 'go', 'to')).toEqual(['m', 'm.a'])
    expect(expectSame(branch('go to 北京'), 'go to 北京')).toEqual(['m', 'm.b'])
    expect(expectSame(branch('go to.*'), 'go to.x')).toEqual(['m', 'm.b'])
  })

  it('matches an exact event before the longest pattern, and * last', () => {
    const on = { '*': '.any', 'go.*': '.pattern', 'go.on.*': '.longer', 'go.on.now': '.exact' }
    const states = { start: {}, any: {}, pattern: {}, longer: {}, exact: {} }
    const config = { id: 'm', initial: 'start', on, states }
    expect(expectSame(config, 'go.on.now')).toEqual(['m', 'm.exact'])
    expect(expectSame(config, 'go.on.later')).toEqual(['m', 'm.longer'])
    expect(expectSame(config, 'go.away')).toEqual(['m', 'm.pattern'])
    expect(expectSame(config, 'other')).toEqual(['m', 'm.any'])
  })

  it('completes a state when that state is done, not when a descendant is', () => {
    const x = {
      initial: 'on',
      states: { on: { on: { go: 'off' } }, off: { type: 'final' } },
    } as const
    const p = { initial: 'x', states: { x }, onDone: 'end' } as const
    const config = { id: 'm', initial: 'p', states: { p, end: {} } } as const
    expect(expectSame(config, 'go')).toEqual(['m', 'm.p', 'm.p.x', 'm.p.x.off'])
  })

  it('signals that all regions are done before one of them ends again', () => {
    const states = { done: { type: 'final' }, off: { type: 'final' }, on: {} } as const
    const x = { initial: 'on', states, onDone: '.off' } as const
    const p = { type: 'parallel', states: { x, y: { type: 'final' } }, onDone: 'end' } as const
    const config = {
      id: 'm',
      initial: 'start',
      states: { start: {}, p, end: {} },
      on: { go: '#m.p.x.done' },
    } as const
    expect(expectSame(config, 'go')).toEqual(['m', 'm.end'])
  })

  it('stays in a state that leads to itself without reenter', () => {
    const a = {
      initial: 'x',
      states: { x: { on: { next: 'y' } }, y: {} },
      on: { go: 'a' },
    } as const
    const config = { id: 'm', initial: 'a', states: { a: { ...a, entry: 'enter' } } } as const
    expect(expectSame(config, 'next', 'go')).toEqual(['m', 'm.a', 'm.a.x'])
    expect(write(config)).toContain(`target="m.a.x" type="internal"`)
    const atomic = { id: 'm', initial: 'a', states: { a: { on: { go: 'a' } } } }
    expect(write(atomic)).toContain(`<transition event="go" cond="_event.name === 'go'"/>`)
    const reentering = {
      id: 'm',
      initial: 'a',
      states: { a: { on: { go: { target: 'a', reenter: true } } } },
    }
    expect(write(reentering)).toContain(`cond="_event.name === 'go'" target="m.a"/>`)
  })

  it.each([
    ['by id', stateIn('#m.power.on')],
    ['by path', stateIn('power.on')],
    ['by value', stateIn({ power: 'on' })],
    ['in not', not(stateIn('power.off'))],
  ])('checks another state: %s', (_name, guard) => {
    const work = {
      initial: 'idle',
      states: { idle: { on: { go: { target: 'busy', guard } } }, busy: {} },
    }
    const power = { initial: 'off', states: { off: { on: { switch: 'on' } }, on: {} } }
    const config = { id: 'm', type: 'parallel', states: { work, power } } as const
    expect(expectSame(config, 'go')).toContain('m.work.idle')
    expect(expectSame(config, 'switch', 'go')).toContain('m.work.busy')
  })

  it('ends in a final state of its root, and when all regions are done', () => {
    const machine = createMachine({
      ...branch('go'),
      states: { a: { on: { go: 'b' } }, b: { type: 'final' } },
    })
    expect(runInScxml(machine, ['go'])).toEqual([
      { isDone: false, active: ['m', 'm.a'] },
      { isDone: true, active: [] },
    ])
    const region = {
      initial: 'on',
      states: { on: { on: { go: 'off' } }, off: { type: 'final' } },
    } as const
    const config = {
      id: 'm',
      type: 'parallel',
      states: { region, done: { type: 'final' } },
    } as const
    expect(runInScxml(createMachine(config), ['other', 'go'])).toMatchObject([
      { isDone: false },
      { isDone: false },
      { isDone: true },
    ])
  })

  it('lets a region hide an event from the states around it', () => {
    const states = { a: { on: { go: {} } }, b: {} }
    const config = {
      id: 'm',
      initial: 'p',
      states: { p: { type: 'parallel', states }, end: {} },
      on: { go: '.end' },
    }
    expect(expectSame(config as Config, 'go')).toEqual(['m', 'm.p', 'm.p.a', 'm.p.b'])
  })

  it('has unique XML ids and a name that is an NMTOKEN', () => {
    const invoke = [
      { id: '1st', src: 'x' },
      { id: 'm.a', src: 'x' },
    ]
    const machine = createMachine({
      id: '(the machine)',
      initial: 'a b',
      states: {
        'a b': { invoke, after: { 'a while': 'a_x20_b' } },
        a_x20_b: { invoke },
        '9': { id: '9' },
        'ü:🙂': {},
        '': {},
      },
    })
    const document = parseXml(toScxml(readChart(machine)))
    expect(findScxmlFaults(document)).toEqual([])
    expect(document.attributes.name).toBe('_x28_the_x20_machine_x29_')
  })

  it('is valid, whatever control characters the names contain', () => {
    const name = '\u0000\u0008\u000B\u001F\uFFFE\uD800 <&">'
    const machine = createMachine({
      id: `m${name}`,
      initial: name,
      description: name,
      states: {
        [name]: { entry: name, on: { [name]: 'b' } },
        b: {},
        c: { after: { [name]: 'b' } },
      },
    })
    const document = parseXml(toScxml(readChart(machine)))
    expect(findScxmlFaults(document)).toEqual([])
    expect(runInScxml(machine, [name])).toEqual(runMachine(machine, [name]))
  })
})

it.each(Object.entries(allCharts))('The SCXML of %s is valid', (_name, machine) => {
  const document = parseXml(toScxml(readChart(machine)))
  expect(findScxmlFaults(document)).toEqual([])
})

it('reports what SCXML can’t express, in the file and in a list', () => {
  const machine = createMachine({
    id: 'm',
    type: 'parallel',
    states: {
      a: {
        entry: () => {},
        initial: 'x',
        states: {
          x: {
            invoke: { id: 'ticks', src: 'ticks', onSnapshot: 'y' },
            always: { guard: 'no' },
            on: { go: { guard: () => true, target: '#m.b.y' }, stay: { guard: stateIn('z') } },
          },
          y: {},
        },
        exit: { type: 'report', params: () => 1 },
      },
      b: { type: 'parallel', states: { y: { initial: 'z', states: { z: { type: 'final' } } } } },
    },
    exit: 'leave',
  })
  const chart = readChart(machine)
  const losses = [
    'm.a: an inline action becomes an unnamed call.',
    'm.a: the computed params of the action report are omitted.',
    'm.b: its completion is not reported to m.',
    'm.a.x, on go: an inline guard becomes an unnamed call.',
    'm.a.x, on go: SCXML also exits and re-enters m.',
    'm.a.x, on stay: the guard checks for a state that is not in the machine.',
    'm.a.x, on snapshot: ticks: SCXML has no equivalent of onSnapshot.',
    'm.a.x, on always: an always transition that does nothing is omitted, because SCXML would take it forever.',
  ]
  expect(listScxmlLosses(chart)).toEqual(losses)
  const comments = [...toScxml(chart).matchAll(/<!-- Lost: (.*) -->/g)].map(
    ([, comment]) => comment,
  )
  expect(comments.sort()).toEqual(
    losses.map((loss) => loss.replace(/^[^:]*: (?:ticks: )?/, '')).sort(),
  )
})

describe('The SCXML of generated machines', () => {
  it('is valid and behaves like XState', () => {
    fc.assert(
      fc.property(generateMachines({ hasStateIn: true }), ({ machine, sent, steps }) => {
        const document = parseXml(toScxml(readChart(machine)))
        expect(findScxmlFaults(document)).toEqual([])
        if (listScxmlLosses(readChart(machine)).length > 0 || isBeyondScion(document)) return
        expect(runInScxml(machine, sent)).toEqual(steps.map(hideEnd))
      }),
      { numRuns: 200 },
    )
  })
})

/** Runs a machine in an SCXML interpreter. Returns the active states, by their ids in XState. */
function runInScxml(machine: AnyStateMachine, sent: readonly string[]): Step[] {
  const chart = readChart(machine)
  const { getStateId } = nameForScxml(chart)
  const ids = listNodes(machine).map(({ id }) => id)
  const interpreter = runScxml(parseXml(toScxml(chart)), guards)
  const readStep = () => {
    const active = new Set(interpreter.readActive())
    return hideEnd({
      isDone: interpreter.isFinal(),
      active: ids.filter((id) => active.has(getStateId(id))).sort(),
    })
  }
  const steps = [readStep()]
  for (const event of sent) {
    interpreter.send(event)
    steps.push(readStep())
  }
  expect(interpreter.errors).toEqual([])
  return steps
}

/** At the end, SCXML has only the final state active, XState also the states around it. */
const hideEnd = ({ isDone, active }: Step): Step => ({ isDone, active: isDone ? [] : active })
