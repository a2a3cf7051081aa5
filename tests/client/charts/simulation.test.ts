import { describe, expect, it } from 'vitest'
import {
  assign,
  createMachine,
  enqueueActions,
  fromCallback,
  fromPromise,
  setup,
  spawnChild,
} from 'xstate'
import { chartOf } from '#charts/chart-model.ts'
import { reactionsOf } from '#charts/simulate/reactions.ts'
import { runFromLink, runToLink } from '#charts/simulate/run-link.ts'
import { type SimulationStep, simulate } from '#charts/simulate/simulation.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { allCharts } from './all-charts.ts'

const [videoEntry] = chartEntries
if (!videoEntry) throw new Error('There is no entry for the video machine')
const { input, outputs } = videoEntry
const confirmed = outputs.linkVideo?.[0] ?? null

const connect: SimulationStep = { do: 'answer', invokeId: 'linkConnection', output: null }
const standingAfter = (...steps: SimulationStep[]) => simulate(videoMachine, { input, steps })

describe('a simulated video', () => {
  it('waits for its connection, without a server', () => {
    const { value, tags, invokes, status } = standingAfter()
    expect({ value, tags, invokes, status }).toEqual({
      value: { link: 'optimistic', filename: 'viewing' },
      tags: ['optimistic'],
      invokes: [{ id: 'linkConnection', src: 'connectionReady' }],
      status: 'active',
    })
  })

  it('goes where the outcome of an invoke leads, and tells which transition it took', () => {
    const linked = standingAfter(connect, {
      do: 'answer',
      invokeId: 'linkVideo',
      output: confirmed,
    })
    expect(linked.value).toEqual({ link: 'linked', filename: 'viewing' })
    expect(linked.taken).toEqual(['video.link.linking.sending|xstate.done.actor.linkVideo|0'])
    const broken = standingAfter(connect, { do: 'fail', invokeId: 'linkVideo', message: 'cut' })
    expect(broken.value).toEqual({ link: { linking: 'backingOff' }, filename: 'viewing' })
  })

  it('stands still in time until the clock is moved', () => {
    const waiting = standingAfter(connect)
    expect(waiting.timers).toEqual([{ due: 30_000 }])
    const early = standingAfter(connect, { do: 'advance', milliseconds: 29_999 })
    expect(early.value).toEqual({ link: { linking: 'sending' }, filename: 'viewing' })
    const late = standingAfter(connect, { do: 'advance', milliseconds: 30_000 })
    expect(late.value).toEqual({ link: { linking: 'backingOff' }, filename: 'viewing' })
  })

  it('tells what can be sent now, and why the rest can not', () => {
    const reactions = reactionsOf(chartOf(videoMachine), standingAfter(), (type) => ({
      ...videoEntry.payloads[type],
      type,
    }))
    const by = Object.fromEntries(reactions.map(({ type, ...reaction }) => [type, reaction]))
    expect(by['video.remove']).toEqual({ isPossible: true, reason: 'to removed' })
    expect(by['video.edit']).toEqual({ isPossible: true, reason: 'to editing' })
    expect(by['video.retry']).toEqual({
      isPossible: false,
      reason: 'No active state listens to it.',
    })
  })
})

describe('any simulated machine', () => {
  it('names the guard that says no', () => {
    const machine = setup({ guards: { isReady: () => false } }).createMachine({
      id: 'door',
      initial: 'shut',
      states: { shut: { on: { open: { guard: 'isReady', target: 'ajar' } } }, ajar: {} },
    })
    const state = simulate(machine, { input: null, steps: [] })
    expect(reactionsOf(chartOf(machine), state, (type) => ({ type }))).toEqual([
      { type: 'open', isPossible: false, reason: 'Guard says no: isReady.' },
    ])
  })

  it('runs no effect, and tells which would have run', () => {
    const machine = setup({
      actions: {
        ring: () => {
          throw new Error('must be provided')
        },
      },
      actors: { call: fromPromise(() => Promise.reject(new Error('must be provided'))) },
    }).createMachine({ id: 'bell', entry: 'ring', invoke: { id: 'call', src: 'call' } })
    const { effects, invokes, error } = simulate(machine, { input: null, steps: [] })
    expect({ effects, invokes, error }).toEqual({
      effects: ['ring'],
      invokes: [{ id: 'call', src: 'call' }],
      error: null,
    })
  })

  it('runs no effect that is written in place', () => {
    const ring = () => {
      throw new Error('It rang')
    }
    const machine = createMachine({
      id: 'bell',
      context: { rings: 0 },
      entry: [ring, assign({ rings: 1 }), spawnChild(fromCallback(ring), { id: 'clapper' })],
      invoke: { src: fromPromise(async () => ring()), onDone: { actions: ring } },
      on: { '*': [{ guard: () => false, actions: ring }, { actions: [ring, { type: 'log' }] }] },
      after: { 100: { actions: enqueueActions(({ enqueue }) => enqueue(ring)) } },
      initial: 'entry',
      states: { entry: { exit: ring, always: { target: 'on', actions: ring } }, on: {} },
    })
    const { context, effects, invokes, error } = simulate(machine, { input: null, steps: [] })
    expect({ context, effects, invokes, error }).toEqual({
      context: { rings: 1 },
      effects: ['inline action', 'inline action', 'inline action'],
      invokes: [
        { id: 'clapper', src: 'clapper' },
        { id: '0.bell', src: 'xstate.invoke.0.bell' },
      ],
      error: null,
    })
    const later = simulate(machine, {
      input: null,
      steps: [
        { do: 'answer', invokeId: '0.bell', output: null },
        { do: 'send', event: { type: 'press' } },
        { do: 'advance', milliseconds: 100 },
      ],
    })
    expect({ ...later, reactionsTo: null }).toMatchObject({
      ...{ effects: ['inline action'], taken: ['bell|xstate.after.100.bell|0'], error: null },
    })
  })

  it('can be sent an event for every wildcard', () => {
    const machine = allCharts.wildcards
    if (!machine) throw new Error('There is no chart of wildcards')
    const state = simulate(machine, { input: null, steps: [] })
    expect(reactionsOf(chartOf(machine), state, (type) => ({ type }))).toEqual([
      { type: 'anything', isPossible: true, reason: 'to lost' },
      { type: 'mouse.anything', isPossible: true, reason: 'to active' },
      { type: 'mouse.click.left', isPossible: true, reason: 'to active' },
      { type: 'ignored', isPossible: true, reason: 'is kept back' },
      { type: 'key.down', isPossible: true, reason: 'to lost' },
    ])
  })

  it('shows that it ended, and that it broke', () => {
    const machine = createMachine({
      id: 'fuse',
      initial: 'whole',
      states: {
        whole: {
          on: {
            end: 'over',
            break: {
              guard: () => {
                throw new Error('snap')
              },
              target: 'over',
            },
          },
        },
        over: { type: 'final' },
      },
    })
    const sent = (type: string) =>
      simulate(machine, { input: null, steps: [{ do: 'send', event: { type } }] })
    expect(sent('end')).toMatchObject({ status: 'done', error: null })
    expect(sent('break')).toMatchObject({
      status: 'error',
      error: expect.stringContaining('snap'),
    })
  })
})

describe('the link of a run', () => {
  it('brings the same run back', () => {
    const run = {
      machineId: 'video',
      input,
      steps: [connect, { do: 'send', event: { type: 'video.rename', filename: 'Ünï 🙂' } }],
    } satisfies Parameters<typeof runToLink>[0]
    expect(runFromLink(runToLink(run))).toEqual(run)
  })

  it('brings nothing when it is damaged', () => {
    expect(['', '%%%', 'e30', btoa('{"machineId":1}')].map(runFromLink)).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
