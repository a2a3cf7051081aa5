import { describe, expect, it } from 'vitest'
import {
  type AnyStateMachine,
  assign,
  createActor,
  createMachine,
  emit,
  enqueueActions,
  forwardTo,
  fromCallback,
  log,
  raise,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate'
import { readChart } from '#charts/read-chart.ts'
import { listReactions } from '#charts/simulate/reactions.ts'
import { type SimulationStep, simulate } from '#charts/simulate/simulation.ts'

const run = (machine: AnyStateMachine, ...steps: SimulationStep[]) =>
  simulate(machine, { input: null, steps })

const send = (type: string): SimulationStep => ({ do: 'send', event: { type } })

const failIfRun = () => {
  throw new Error('This must not run')
}

describe('a machine with an endless loop', () => {
  const createMessage = (states: string) =>
    `It took 1,000 steps without settling, and keeps cycling through ${states}.`

  it('is stopped if always transitions form a loop', () => {
    const loop = { a: { always: 'b' }, b: { always: 'a' } }
    const atStart = run(createMachine({ id: 'm', initial: 'a', states: loop }))
    expect(atStart).toMatchObject({
      status: 'error',
      error: createMessage('m.a, m.b'),
      failedStep: 0,
    })
    const states = { idle: { on: { go: 'a' } }, ...loop }
    const later = run(createMachine({ id: 'm', initial: 'idle', states }), send('go'))
    expect(later).toMatchObject({
      status: 'error',
      error: createMessage('m.a, m.b'),
      failedStep: 1,
    })
  })

  it('is stopped if it handles an event by raising it or sending it to itself', () => {
    const raising = createMachine({
      id: 'm',
      on: { ping: { actions: raise({ type: 'ping' }) } },
    })
    expect(run(raising, send('ping'))).toMatchObject({ status: 'error', error: createMessage('m') })
    const sending = createMachine({
      id: 'm',
      on: { ping: { actions: sendTo(({ self }) => self, { type: 'ping' }) } },
    })
    expect(run(sending, send('ping'))).toMatchObject({ status: 'error', error: createMessage('m') })
  })

  it('is stopped if its steps take too long', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { always: 'b' }, b: { always: 'a' } },
    })
    let seconds = 0
    const now = () => {
      seconds += 1
      return seconds * 1_000
    }
    const { error } = simulate(machine, { input: null, steps: [] }, now)
    expect(error).toBe('It took 12 steps without settling, and keeps cycling through m.a, m.b.')
  })

  it('may take any number of steps in several events', () => {
    const machine = createMachine({ id: 'm', on: { tick: { actions: 'count' } } })
    const ticks = Array.from({ length: 1_100 }, () => send('tick'))
    expect(run(machine, ...ticks)).toMatchObject({ status: 'active', error: null })
  })
})

describe('an event to a missing actor', () => {
  const outside = createActor(createMachine({ on: { '*': { actions: failIfRun } } })).start()
  const ping = { type: 'ping' }
  it.each([
    ['a missing ref', sendTo(({ context }) => context.ref, ping)],
    ['a ref on a missing path', sendTo(({ context }) => context.ref.deep, ping)],
    ['a missing system id', sendTo(({ system }) => system.get('logger'), ping)],
    ['an actor of another system', sendTo(outside, ping)],
    ['a missing ref, forwarded', forwardTo(({ context }) => context.ref)],
    ['a missing ref, enqueued', enqueueActions(({ enqueue }) => enqueue.sendTo(outside, ping))],
    ['something that is not an actor', stopChild(() => ({ id: 'thing' }) as never)],
  ])('is not delivered: %s', (_name, action) => {
    const machine = createMachine({
      id: 'm',
      context: {} as { ref?: never },
      on: { ping: { actions: action as ReturnType<typeof raise> } },
    })
    expect(run(machine, send('ping'))).toMatchObject({
      status: 'active',
      error: null,
      effects: ['send without a target'],
    })
  })
})

describe('a pure design', () => {
  const design = createMachine({
    id: 'design',
    initial: 'idle',
    states: {
      idle: { on: { load: { guard: 'canLoad', target: 'loading', actions: 'report' } } },
      loading: {
        invoke: { id: 'load', src: 'loadVideo', onDone: 'shown', onError: 'failed' },
        entry: spawnChild('watcher', { id: 'watch' }),
        after: { patience: 'failed' },
      },
      shown: { type: 'final' },
      failed: {},
    },
  })

  it('is simulated with stand-ins for guards, actions, actors and delays', () => {
    const loading = run(design, send('load'))
    expect(loading).toMatchObject({
      value: 'loading',
      effects: ['report'],
      actors: [
        { id: 'watch', src: 'watcher' },
        { id: 'load', src: 'loadVideo' },
      ],
      timers: [{ due: 1_000 }],
      standIns: ['guard canLoad (passes)', 'delay patience (1 s)'],
      error: null,
    })
    const shown = run(design, send('load'), { do: 'answer', invokeId: 'load', output: null })
    expect(shown).toMatchObject({ value: 'shown', status: 'done' })
    const failed = run(design, send('load'), { do: 'fail', invokeId: 'load', message: 'no' })
    expect(failed).toMatchObject({ value: 'failed', error: null })
    const late = run(design, send('load'), { do: 'advance', milliseconds: 1_000 })
    expect(late).toMatchObject({ value: 'failed', error: null })
  })

  it('is simulated even with dots in keys or an invoke without a source', () => {
    const machine = createMachine({
      id: 'my.app',
      initial: 'v1.0',
      states: { 'v1.0': { invoke: [{ src: fromCallback(failIfRun) }, { id: 'empty' } as never] } },
    })
    expect(run(machine).actors).toEqual([
      { id: '0.my.app.v1.0', src: 'inline actor' },
      { id: 'empty', src: 'inline actor' },
    ])
  })
})

describe('a spawned actor', () => {
  const logic = fromCallback(failIfRun)

  it('is a stand-in, wherever it is spawned', () => {
    const machine = createMachine({
      id: 'm',
      context: ({ spawn }) => ({
        first: spawn(logic, { id: 'first' }),
        second: spawn('named', { id: 'second' }),
        third: null as unknown,
      }),
      entry: [
        assign(({ spawn }) => ({ third: spawn(logic, { id: 'third' }) })),
        assign({ third: ({ spawn }) => spawn(logic, { id: 'fourth' }) }),
        enqueueActions(({ enqueue }) => {
          enqueue.spawnChild(logic, { id: 'fifth' })
          enqueue.assign(({ spawn }) => ({ third: spawn(logic, { id: 'sixth' }) }))
        }),
      ],
    }).provide({ actors: { named: logic } })
    const { actors, error } = run(machine)
    const ids = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
    expect({ ids: actors.map(({ id }) => id), error }).toEqual({ ids, error: null })
  })

  it('can complete: a missing implementation in assign has a stand-in, too', () => {
    const machine = createMachine({
      id: 'm',
      context: { child: null as unknown },
      entry: assign({ child: ({ spawn }) => spawn('worker', { id: 'worker' }) }),
      on: { 'xstate.done.actor.worker': { actions: 'celebrate' } },
    })
    const done = run(machine, { do: 'answer', invokeId: 'worker', output: null })
    expect(done).toMatchObject({ effects: ['celebrate'], error: null })
  })
})

it('reports log actions without logging', () => {
  const machine = createMachine({ id: 'm', entry: [log(failIfRun), emit({ type: 'hello' })] })
  expect(run(machine)).toMatchObject({ effects: ['log'], error: null })
})

describe('an error', () => {
  const snap = (): never => {
    throw new Error('snap')
  }
  const go = (transition: object) =>
    createMachine({ id: 'm', initial: 'a', states: { a: { on: { go: transition } }, b: {} } })

  it.each([
    ['a guard of m.a', go({ guard: snap, target: 'b' })],
    ['an action of m.a', go({ actions: assign(snap) })],
    ['an action of m.a', go({ actions: enqueueActions(snap) })],
    ['the params of a guard of m.a', go({ guard: { type: 'g', params: snap } })],
    ['the params of an action of m.a', go({ actions: { type: 'x', params: snap } })],
    ['the guard isReady', setGo({ guards: { isReady: snap } }, { guard: 'isReady' })],
    ['the action save', setGo({ actions: { save: assign(snap) } }, { actions: 'save' })],
    [
      'the delay patience',
      setGo(
        { delays: { patience: snap } },
        { actions: raise({ type: 'x' }, { delay: 'patience' as never }) },
      ),
    ],
  ])('is reported with its origin (%s) and its step', (place, machine) => {
    expect(run(machine, send('stay'), send('go'), send('never'))).toMatchObject({
      status: 'error',
      error: `${place}: snap`,
      failedStep: 2,
      value: machine.config.states ? 'a' : {},
    })
  })

  it('is reported if it occurs at the start', () => {
    const failed = (machine: AnyStateMachine) => {
      const { error, failedStep } = run(machine)
      return { error, failedStep }
    }
    const invoke = { src: 'load', input: snap }
    expect(failed(createMachine({ id: 'm', context: snap }))).toEqual({
      error: 'the context: snap',
      failedStep: 0,
    })
    expect(failed(createMachine({ id: 'm', invoke }))).toEqual({
      error: 'the input of m: snap',
      failedStep: 0,
    })
    expect(
      failed(createMachine({ id: 'm', initial: 'a', states: { a: { always: { guard: snap } } } })),
    ).toEqual({ error: 'a guard of m.a: snap', failedStep: 0 })
  })

  it('leaves every event listed', () => {
    const machine = go({ guard: snap, target: 'b' })
    expect(listReactions(readChart(machine), run(machine), (type) => ({ type }))).toEqual([
      {
        type: 'go',
        isPossible: false,
        reason: expect.stringMatching(/^A guard failed: .*snap$/s),
      },
    ])
  })
})

function setGo(implementations: object, transition: object): AnyStateMachine {
  return setup(implementations).createMachine({
    id: 'm',
    initial: 'a',
    states: { a: { on: { go: transition } } },
  })
}
