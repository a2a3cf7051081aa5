import { describe, expect, it } from 'vitest'
import { assign, createActor, fromPromise, setup } from 'xstate'
import { createActorSource } from '../../../src/client/features/charts/live/actor-source.ts'
import { eventLabel } from '../../../src/client/features/charts/live/event-label.ts'
import type { LiveNews } from '../../../src/client/features/charts/live/live.ts'
import {
  type Channel,
  createTabSource,
  findTabs,
  type LiveMessage,
  publish,
} from '../../../src/client/features/charts/live/live-channel.ts'
import {
  branchesOf,
  neighbourOf,
  noHistory,
  viewOf,
  withNews,
} from '../../../src/client/features/charts/live/live-history.ts'

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
  on: { 'xstate.error.actor.desk': {}, 'xstate.done.actor.desk': {} },
})

function watched() {
  const root = createActor(room)
  root.start()
  const waiting: (() => void)[] = []
  const source = createActorSource({
    root,
    nameOf: ({ id }) => id,
    schedule: (deliver) => waiting.push(deliver),
    now: () => 5,
  })
  let history = noHistory
  const stop = source.watch((news) => {
    history = withNews(history, news)
  })
  const desk = root.getSnapshot().children.desk
  if (!desk) throw new Error('There is no desk lamp')
  return {
    ...{ root, source, desk, stop },
    deliver: () => {
      for (const one of waiting.splice(0)) one()
    },
    waiting: () => waiting.length,
    history: () => history,
  }
}

describe('the actors of this tab', () => {
  it('are all there when the watch begins', () => {
    const { history } = watched()
    const names = [...history().actors.values()].map(({ name, machineId, active }) => ({
      ...{ name, machineId, active },
    }))
    expect(names).toEqual([
      { name: expect.any(String), machineId: 'room', active: ['room'] },
      { name: 'desk', machineId: 'lamp', active: ['lamp', 'lamp.off'] },
      { name: 'door', machineId: 'lamp', active: ['lamp', 'lamp.off'] },
    ])
  })

  it('tell each event with its sender, its transitions and where it led', () => {
    const { desk, deliver, history } = watched()
    desk.send({ type: 'press' })
    deliver()
    expect(history().steps).toEqual([
      {
        ...{ number: 1, at: 5, actorId: desk.sessionId, senderId: null },
        ...{ event: 'press', payload: {}, active: ['lamp', 'lamp.on'] },
        ...{ taken: ['lamp.off|press|0'], status: 'active', error: null },
      },
    ])
    expect(viewOf(history(), desk.sessionId, null).active).toEqual(['lamp', 'lamp.on'])
  })

  it('step back and forth through what was', () => {
    const { desk, deliver, history } = watched()
    for (let count = 0; count < 3; count += 1) desk.send({ type: 'press' })
    deliver()
    const id = desk.sessionId
    expect(neighbourOf(history(), id, null, 'back')).toBe(2)
    expect(viewOf(history(), id, 2).active).toEqual(['lamp', 'lamp.off'])
    expect(neighbourOf(history(), id, 2, 'forth')).toBe(3)
    expect(neighbourOf(history(), id, 3, 'forth')).toBeNull()
  })

  it('are shown as ended when they end, with the event that ended them', () => {
    const { desk, deliver, history } = watched()
    desk.send({ type: 'press' })
    desk.send({ type: 'burn' })
    deliver()
    expect(viewOf(history(), desk.sessionId, null)).toMatchObject({
      status: 'done',
      active: ['lamp', 'lamp.burnt'],
    })
  })

  it('are shown as broken when they break, with the reason', () => {
    const { desk, deliver, history } = watched()
    desk.send({ type: 'smash' })
    deliver()
    expect(viewOf(history(), desk.sessionId, null)).toMatchObject({
      status: 'error',
      error: 'glass',
    })
  })

  it('cost nothing once nobody watches', () => {
    const { desk, stop, waiting } = watched()
    stop()
    desk.send({ type: 'press' })
    expect(waiting()).toBe(0)
  })

  it('are found by name and by state, with all above them', () => {
    const { desk, deliver, history } = watched()
    desk.send({ type: 'press' })
    deliver()
    const namesIn = (search: string) =>
      branchesOf(history().actors, search).flatMap(({ children }) =>
        children.map(({ actor }) => actor.name),
      )
    expect([namesIn('door'), namesIn('BRIGHT'), namesIn('lamp.'), namesIn('nothing')]).toEqual([
      ['door'],
      ['desk'],
      ['desk', 'door'],
      [],
    ])
  })

  it('keep a bounded history', () => {
    const { desk, deliver, history } = watched()
    for (let count = 0; count < 5_000; count += 1) {
      desk.send({ type: 'press' })
      if (count % 500 === 0) deliver()
    }
    deliver()
    expect(history().steps.length).toBe(2_000)
    expect(history().steps.at(-1)?.number).toBe(5_000)
  })
})

describe('the words for an event', () => {
  it('are those of the chart', () => {
    expect(
      [
        'xstate.init',
        'xstate.done.actor.linkVideo',
        'xstate.error.actor.linkVideo',
        'xstate.after.answerTimeout.video.link',
        'video.remove',
      ].map(eventLabel),
    ).toEqual([
      'starts',
      'done: linkVideo',
      'error: linkVideo',
      'after answerTimeout',
      'video.remove',
    ])
  })
})

describe('the actors of another tab', () => {
  it('are told of only while somebody watches', () => {
    const [there, here] = joinedChannels()
    const { source, desk, deliver } = watched()
    const unpublish = publish({ channel: there, tab: 'a', title: () => 'A course', source })
    const found: unknown[] = []
    const stopLooking = findTabs(here, {
      onTab: (tab, title) => found.push({ tab, title }),
      onClosed: (tab) => found.push({ closed: tab }),
    })
    there.postMessage({ kind: 'closed', tab: 'a' })
    expect(found).toEqual([{ tab: 'a', title: 'A course' }, { closed: 'a' }])
    stopLooking()

    desk.send({ type: 'press' })
    deliver()
    expect(here.heard.map(({ kind }) => kind)).toEqual(['here', 'closed'])

    const news: LiveNews[] = []
    const stop = createTabSource(here, 'a', 'me').watch((one) => news.push(one))
    expect(news.map(({ actors }) => actors.length)).toEqual([3])
    desk.send({ type: 'press' })
    deliver()
    expect(news.at(-1)?.steps.map(({ event }) => event)).toEqual(['press'])

    stop()
    desk.send({ type: 'press' })
    deliver()
    expect(news.length).toBe(2)
    unpublish()
  })
})

type TestChannel = Channel & { heard: LiveMessage[] }

/** Two ends of a channel; what is said is cloned, as it is between tabs. */
function joinedChannels(): [TestChannel, TestChannel] {
  const ends = [listenersOf(), listenersOf()] as const
  const endOf = (own: Ears, other: Ears): TestChannel => ({
    heard: own.heard,
    addEventListener: (_type, listener) => own.listeners.add(listener),
    removeEventListener: (_type, listener) => own.listeners.delete(listener),
    postMessage: (message) => {
      const data = structuredClone(message)
      other.heard.push(data)
      for (const listener of other.listeners) listener({ data })
    },
  })
  return [endOf(ends[0], ends[1]), endOf(ends[1], ends[0])]
}

type Ears = ReturnType<typeof listenersOf>

const listenersOf = () => ({
  heard: [] as LiveMessage[],
  listeners: new Set<(event: { data: LiveMessage }) => void>(),
})
