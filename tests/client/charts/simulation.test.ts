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
import { readChart } from '#charts/read-chart.ts'
import { listReactions } from '#charts/simulate/reactions.ts'
import { formatRunLink, parseRunLink } from '#charts/simulate/run-link.ts'
import { type SimulationStep, simulate } from '#charts/simulate/simulation.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { allCharts } from './all-charts.ts'

const [videoEntry] = chartEntries
if (!videoEntry) throw new Error('no entry for the video machine')
const { input, outputs } = videoEntry
const confirmed = outputs.sendRequest?.[0] ?? null

const simulateVideo = (...steps: SimulationStep[]) => simulate(videoMachine, { input, steps })

describe('a simulated video', () => {
  it('sends its link without a server or a parent', () => {
    const { value, tags, actors, status } = simulateVideo()
    expect({ value, tags, actors, status }).toEqual({
      value: { link: 'linking', filename: 'viewing', request: 'sending' },
      tags: ['linking'],
      actors: [{ id: 'request', src: 'sendRequest' }],
      status: 'active',
    })
  })

  it('follows the outcome of an invoke and reports the taken transition', () => {
    const linked = simulateVideo({ do: 'answer', invokeId: 'request', output: confirmed })
    expect(linked.value).toEqual({ link: 'linked', filename: 'viewing', request: 'idle' })
    expect(linked.taken).toEqual([
      'video.request.sending|xstate.done.actor.request|1',
      'video.link.linking||0',
    ])
    const broken = simulateVideo({ do: 'fail', invokeId: 'request', message: 'cut' })
    expect(broken.value).toEqual({ link: 'linking', filename: 'viewing', request: 'backingOff' })
  })

  it('stays at its time until the clock is advanced', () => {
    const waiting = simulateVideo()
    expect(waiting.timers).toEqual([{ due: 30_000 }])
    const early = simulateVideo({ do: 'advance', milliseconds: 29_999 })
    expect(early.value).toMatchObject({ request: 'sending' })
    const late = simulateVideo({ do: 'advance', milliseconds: 30_000 })
    expect(late.value).toMatchObject({ request: 'backingOff' })
  })

  it('lists the possible events, and why the others are impossible', () => {
    const reactions = listReactions(readChart(videoMachine), simulateVideo(), (type) => ({
      ...videoEntry.payloads[type],
      type,
    }))
    const byType = Object.fromEntries(reactions.map(({ type, ...reaction }) => [type, reaction]))
    expect(byType['video.remove']).toEqual({ isPossible: true, reason: 'to removing' })
    expect(byType['video.edit']).toEqual({ isPossible: true, reason: 'to editing' })
    expect(byType['video.cancel']).toEqual({
      isPossible: false,
      reason: 'No active state handles it.',
    })
  })
})

describe('any simulated machine', () => {
  it('names the guard that blocks an event', () => {
    const machine = setup({ guards: { isReady: () => false } }).createMachine({
      id: 'door',
      initial: 'shut',
      states: { shut: { on: { open: { guard: 'isReady', target: 'ajar' } } }, ajar: {} },
    })
    const state = simulate(machine, { input: null, steps: [] })
    expect(listReactions(readChart(machine), state, (type) => ({ type }))).toEqual([
      { type: 'open', isPossible: false, reason: 'Blocked by guard: isReady.' },
    ])
  })

  it('runs no effects and reports those that would have run', () => {
    const machine = setup({
      actions: {
        ring: () => {
          throw new Error('must be provided')
        },
      },
      actors: { call: fromPromise(() => Promise.reject(new Error('must be provided'))) },
    }).createMachine({ id: 'bell', entry: 'ring', invoke: { id: 'call', src: 'call' } })
    const { effects, actors, error } = simulate(machine, { input: null, steps: [] })
    expect({ effects, actors, error }).toEqual({
      effects: ['ring'],
      actors: [{ id: 'call', src: 'call' }],
      error: null,
    })
  })

  it('runs no inline effects', () => {
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
    const { context, effects, actors, error } = simulate(machine, { input: null, steps: [] })
    expect({ context, effects, actors, error }).toEqual({
      context: { rings: 1 },
      effects: ['inline action', 'inline action', 'inline action'],
      actors: [
        { id: 'clapper', src: 'inline actor' },
        { id: '0.bell', src: 'inline actor' },
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
      effects: ['inline action'],
      taken: ['bell|xstate.after.100.bell|0'],
      error: null,
    })
  })

  it('fires timers one after the other, also those that start on the way', () => {
    const machine = createMachine({
      initial: 'a',
      states: { a: { after: { 100: 'b' } }, b: { after: { 100: 'c' } }, c: {} },
    })
    const advanced = simulate(machine, {
      input: null,
      steps: [{ do: 'advance', milliseconds: 250 }],
    })
    expect(advanced).toMatchObject({ value: 'c', now: 250, timers: [] })
  })

  it('stops at the time, even if timers start each other for ever', () => {
    const machine = createMachine({
      initial: 'a',
      states: { a: { after: { 0: 'b' } }, b: { after: { 0: 'a' } } },
    })
    const advanced = simulate(machine, { input: null, steps: [{ do: 'advance', milliseconds: 5 }] })
    expect(advanced.now).toBe(5)
  })

  it('offers an event for every wildcard', () => {
    const machine = allCharts.wildcards
    if (!machine) throw new Error('no chart of wildcards')
    const state = simulate(machine, { input: null, steps: [] })
    expect(listReactions(readChart(machine), state, (type) => ({ type }))).toEqual([
      { type: 'anything', isPossible: true, reason: 'to lost' },
      { type: 'mouse.anything', isPossible: true, reason: 'to active' },
      { type: 'mouse.click.left', isPossible: true, reason: 'to active' },
      { type: 'ignored', isPossible: true, reason: 'is ignored' },
      { type: 'key.down', isPossible: true, reason: 'to lost' },
    ])
  })

  it('reports completion and errors', () => {
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
    const send = (type: string) =>
      simulate(machine, { input: null, steps: [{ do: 'send', event: { type } }] })
    expect(send('end')).toMatchObject({ status: 'done', error: null })
    expect(send('break')).toMatchObject({
      status: 'error',
      error: expect.stringContaining('snap'),
    })
  })
})

describe('the link to a run', () => {
  it('restores the run', () => {
    const run = {
      machineId: 'video',
      input,
      steps: [{ do: 'send', event: { type: 'video.rename', filename: 'Ünï 🙂' } }],
    } satisfies Parameters<typeof formatRunLink>[0]
    expect(parseRunLink(formatRunLink(run))).toEqual(run)
  })

  it('restores nothing if damaged', () => {
    expect(['', '%%%', 'e30', btoa('{"machineId":1}')].map(parseRunLink)).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
