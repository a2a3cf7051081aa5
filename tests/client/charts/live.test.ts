import { describe, expect, it, vi } from 'vitest'
import { assign, createActor, fromPromise, setup, stopChild } from 'xstate'
import { formatEvent } from '#charts/labels.ts'
import { createActorSource } from '#charts/live/actor-source.ts'
import { buildActorTree } from '#charts/live/actor-tree.ts'
import type { LiveUpdate } from '#charts/live/live.ts'
import {
  type Channel,
  createTabSource,
  discoverTabs,
  type LiveMessage,
  publishActors,
} from '#charts/live/live-channel.ts'
import {
  applyUpdate,
  emptyHistory,
  findNextStep,
  findPauseStep,
  findPreviousStep,
  viewActor,
} from '#charts/live/live-history.ts'
import { announcePresence } from '#charts/live/tab-presence.ts'

const lamp = setup({
  types: { events: {} as { type: 'press' } | { type: 'burn' } | { type: 'smash' } },
  actions: {
    explode: () => {
      throw new Error('glass')
    },
  },
}).createMachine({
  id: 'lamp',
  initial: 'off',
  states: {
    off: { on: { press: 'on' } },
    on: { tags: ['bright'], always: undefined, on: { press: 'off', burn: 'burnt' } },
    burnt: { type: 'final' },
  },
  on: { smash: { actions: 'explode' } },
})

const room = setup({
  actors: { lamp, wait: fromPromise(() => new Promise(() => {})) },
}).createMachine({
  id: 'room',
  entry: assign(({ spawn }) => {
    spawn('lamp', { id: 'desk' })
    spawn('lamp', { id: 'door' })
    return {}
  }),
  on: {
    'xstate.error.actor.desk': {},
    'xstate.done.actor.desk': {},
    remove: { actions: stopChild('desk') },
  },
})

function watchRoom() {
  const root = createActor(room)
  root.start()
  const waiting: (() => void)[] = []
  const source = createActorSource({
    root,
    getName: ({ id }) => id,
    schedule: (deliver) => waiting.push(deliver),
    now: () => 5,
  })
  let history = emptyHistory
  const watch = () =>
    source.watch((update) => {
      history = applyUpdate(history, update)
    })
  const stop = watch()
  const desk = root.getSnapshot().children.desk
  if (!desk) throw new Error('no desk lamp')
  return {
    root,
    source,
    desk,
    watch,
    stop,
    deliver: () => {
      for (const callback of waiting.splice(0)) callback()
    },
    waiting: () => waiting.length,
    history: () => history,
  }
}

describe('The source of this tab’s actors', () => {
  it('starts with all actors', () => {
    const { history } = watchRoom()
    const names = [...history().actors.values()].map(({ name, machineId, active }) => ({
      name,
      machineId,
      active,
    }))
    expect(names).toEqual([
      { name: expect.any(String), machineId: 'room', active: ['room'] },
      { name: 'desk', machineId: 'lamp', active: ['lamp', 'lamp.off'] },
      { name: 'door', machineId: 'lamp', active: ['lamp', 'lamp.off'] },
    ])
  })

  it('reports each event with its sender, transitions and outcome', () => {
    const { desk, deliver, history } = watchRoom()
    desk.send({ type: 'press' })
    deliver()
    expect(history().steps).toEqual([
      {
        number: 1,
        at: 5,
        actorId: desk.sessionId,
        senderId: null,
        event: 'press',
        payload: {},
        active: ['lamp', 'lamp.on'],
        taken: ['lamp.off|press|0'],
        targets: ['lamp.on'],
        status: 'active',
        error: null,
      },
    ])
    expect(viewActor(history(), desk.sessionId, null).active).toEqual(['lamp', 'lamp.on'])
  })

  it('keeps a history to step through', () => {
    const { desk, deliver, history } = watchRoom()
    for (let count = 0; count < 3; count += 1) desk.send({ type: 'press' })
    deliver()
    const id = desk.sessionId
    expect(findPreviousStep(history(), id, null)).toBe(2)
    expect(viewActor(history(), id, 2).active).toEqual(['lamp', 'lamp.off'])
    expect(findNextStep(history(), id, 2)).toBe(3)
    expect(findNextStep(history(), id, 3)).toBeNull()
  })

  it('shows the same view while paused, with and without an earlier step', () => {
    const { root, desk, deliver, history } = watchRoom()
    const { door } = root.getSnapshot().children
    if (!door) throw new Error('no door lamp')
    const first = findPauseStep(history(), desk.sessionId)
    desk.send({ type: 'press' })
    deliver()
    const later = findPauseStep(history(), door.sessionId)
    door.send({ type: 'press' })
    desk.send({ type: 'press' })
    deliver()
    const off = { active: ['lamp', 'lamp.off'], status: 'active', taken: [], error: null }
    expect([first, later]).toEqual([0, 1])
    expect(viewActor(history(), desk.sessionId, first)).toEqual(off)
    expect(viewActor(history(), door.sessionId, later)).toEqual(off)
    expect(findNextStep(history(), door.sessionId, later)).toBe(2)
  })

  it('starts over when watched again, and never reuses a step number', () => {
    const { root, desk, watch, stop, deliver, history } = watchRoom()
    desk.send({ type: 'press' })
    deliver()
    const paused = findPauseStep(history(), desk.sessionId)
    stop()
    desk.send({ type: 'burn' })
    root.send({ type: 'remove' })
    watch()
    const { door } = root.getSnapshot().children
    const doorId = door?.sessionId ?? ''
    expect([...history().actors.keys()]).toEqual([root.sessionId, doorId])
    expect(history().steps).toEqual([])

    door?.send({ type: 'press' })
    deliver()
    expect(history().steps.map(({ number, event }) => ({ number, event }))).toEqual([
      { number: paused + 1, event: 'press' },
    ])
    expect(viewActor(history(), doorId, paused).active).toEqual(['lamp', 'lamp.off'])
    expect(viewActor(history(), doorId, paused + 1).active).toEqual(['lamp', 'lamp.on'])
  })

  it('delivers nothing after the watch ends, not even a scheduled update', () => {
    const { desk, stop, deliver, history } = watchRoom()
    desk.send({ type: 'press' })
    stop()
    deliver()
    expect(history().steps).toEqual([])
  })

  it('reports the end of an actor', () => {
    const { desk, deliver, history } = watchRoom()
    desk.send({ type: 'press' })
    desk.send({ type: 'burn' })
    deliver()
    expect(viewActor(history(), desk.sessionId, null)).toMatchObject({
      status: 'done',
      active: ['lamp', 'lamp.burnt'],
    })
  })

  it('reports the error of an actor', () => {
    const { desk, deliver, history } = watchRoom()
    desk.send({ type: 'smash' })
    deliver()
    expect(viewActor(history(), desk.sessionId, null)).toMatchObject({
      status: 'error',
      error: 'glass',
    })
  })

  it('schedules nothing once nobody watches', () => {
    const { desk, stop, waiting } = watchRoom()
    stop()
    desk.send({ type: 'press' })
    expect(waiting()).toBe(0)
  })

  it('finds actors by name and by state, with their ancestors', () => {
    const { desk, deliver, history } = watchRoom()
    desk.send({ type: 'press' })
    deliver()
    const findNames = (search: string) =>
      buildActorTree(history().actors, search).flatMap(({ children }) =>
        children.map(({ actor }) => actor.name),
      )
    expect([
      findNames('door'),
      findNames('Dóor'),
      findNames('BRIGHT'),
      findNames('lamp.'),
      findNames('nothing'),
    ]).toEqual([['door'], ['door'], ['desk'], ['desk', 'door'], []])
  })

  it('keeps a bounded history', () => {
    const { desk, deliver, history } = watchRoom()
    for (let count = 0; count < 5_000; count += 1) {
      desk.send({ type: 'press' })
      if (count % 500 === 0) deliver()
    }
    deliver()
    expect(history().steps.length).toBe(2_000)
    expect(history().steps.at(-1)?.number).toBe(5_000)
    expect(viewActor(history(), desk.sessionId, 1_000).active).toEqual(['lamp', 'lamp.off'])
  })

  it('reports no event for a failed actor', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { desk, deliver, history } = watchRoom()
    desk.send({ type: 'smash' })
    desk.send({ type: 'press' })
    deliver()
    desk.send({ type: 'press' })
    deliver()
    const own = history().steps.filter(({ actorId }) => actorId === desk.sessionId)
    expect(own.map(({ event, error }) => ({ event, error }))).toEqual([
      { event: 'smash', error: 'glass' },
    ])
  })
})

describe('The label of an event', () => {
  it('is the one on the chart', () => {
    expect(
      [
        'xstate.init',
        'xstate.done.actor.linkVideo',
        'xstate.error.actor.linkVideo',
        'xstate.after.responseTimeout.video.link',
        'video.remove',
      ].map(formatEvent),
    ).toEqual([
      'starts',
      'done: linkVideo',
      'error: linkVideo',
      'after responseTimeout',
      'video.remove',
    ])
  })
})

describe('The publisher', () => {
  it('sends updates only while someone watches', () => {
    const [there, here] = createChannels()
    const { source, desk, deliver } = watchRoom()
    const stopPublishing = publishActors({
      channel: there,
      tabId: 'a',
      getTitle: () => 'A course',
      source,
    })
    const found: unknown[] = []
    const stopDiscovery = discoverTabs(here, {
      onTab: (tabId, title) => found.push({ tabId, title }),
      onClosed: (tabId) => found.push({ closed: tabId }),
    })
    there.postMessage({ kind: 'closed', tabId: 'a' })
    expect(found).toEqual([{ tabId: 'a', title: 'A course' }, { closed: 'a' }])
    stopDiscovery()

    desk.send({ type: 'press' })
    deliver()
    expect(here.received.map(({ kind }) => kind)).toEqual(['present', 'closed'])

    const updates: LiveUpdate[] = []
    const stop = createTabSource(here, 'a', 'me').watch((update) => updates.push(update))
    expect(updates.map(({ actors }) => actors.length)).toEqual([3])
    desk.send({ type: 'press' })
    deliver()
    expect(updates.at(-1)?.steps.map(({ event }) => event)).toEqual(['press'])

    stop()
    desk.send({ type: 'press' })
    deliver()
    expect(updates.length).toBe(2)
    stopPublishing()
  })

  it('serves a hidden tab, whose timers run once a minute, but no closed tab', () => {
    vi.useFakeTimers()
    const [there, here] = createChannels()
    const { source, desk, deliver } = watchRoom()
    const stopPublishing = publishActors({
      channel: there,
      tabId: 'a',
      getTitle: () => 'A course',
      source,
    })
    here.postMessage({ kind: 'watch', tabId: 'a', watcherId: 'me' })
    vi.advanceTimersByTime(60_000)
    here.postMessage({ kind: 'watch', tabId: 'a', watcherId: 'me' })
    vi.advanceTimersByTime(60_000)
    desk.send({ type: 'press' })
    deliver()
    here.postMessage({ kind: 'closed', tabId: 'me' })
    desk.send({ type: 'press' })
    deliver()
    const stepCounts = here.received.map(
      (message) => message.kind === 'update' && message.update.steps.length,
    )
    expect(stepCounts).toEqual([0, 1])
    stopPublishing()
    vi.useRealTimers()
  })
})

describe('A tab that is opened after the chart', () => {
  it('announces itself, loads no code for other tabs, and is watched once selected', () => {
    const [there, here] = createChannels()
    const { source } = watchRoom()
    const page = new EventTarget()
    const found: unknown[] = []
    discoverTabs(here, {
      onTab: (tabId, title) => found.push({ tabId, title }),
      onClosed: (tabId) => found.push({ closed: tabId }),
    })
    const getTitle = () => 'A course'
    let load = () => {}
    let requests = 0
    const onRequest = () => {
      requests += 1
      load = () => {
        publishActors({ channel: there, tabId: 'a', getTitle, source })
        there.postMessage({ kind: 'present', tabId: 'a', title: getTitle() })
      }
    }
    announcePresence({ channel: there, tabId: 'a', getTitle, page, onRequest })
    here.postMessage({ kind: 'present', tabId: 'b', title: 'Another' })
    here.postMessage({ kind: 'watch', tabId: 'b', watcherId: 'me' })
    here.postMessage({ kind: 'closed', tabId: 'b' })
    expect([found, requests]).toEqual([[{ tabId: 'a', title: 'A course' }], 0])

    const updates: LiveUpdate[] = []
    const stop = createTabSource(here, 'a', 'me').watch((update) => updates.push(update))
    expect([requests, updates.length]).toEqual([1, 0])
    load()
    expect([
      requests,
      updates.map(({ isFirst, actors }) => ({ isFirst, count: actors.length })),
    ]).toEqual([1, [{ isFirst: true, count: 3 }]])
    stop()

    page.dispatchEvent(new Event('pagehide'))
    page.dispatchEvent(new Event('pageshow'))
    expect(found.slice(-2)).toEqual([{ closed: 'a' }, { tabId: 'a', title: 'A course' }])
  })
})

type TestChannel = Channel & { received: LiveMessage[] }

/** Creates the two ends of a channel, which clones messages as between tabs. */
function createChannels(): [TestChannel, TestChannel] {
  const ends = [createListeners(), createListeners()] as const
  const createEnd = (own: Listeners, other: Listeners): TestChannel => ({
    received: own.received,
    addEventListener: (_type, listener) => own.listeners.add(listener),
    removeEventListener: (_type, listener) => own.listeners.delete(listener),
    postMessage: (message) => {
      const data = structuredClone(message)
      other.received.push(data)
      for (const listener of other.listeners) listener({ data })
    },
  })
  return [createEnd(ends[0], ends[1]), createEnd(ends[1], ends[0])]
}

type Listeners = ReturnType<typeof createListeners>

const createListeners = () => ({
  received: [] as LiveMessage[],
  listeners: new Set<(event: { data: LiveMessage }) => void>(),
})
