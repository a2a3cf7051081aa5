import { describe, expect, it, vi } from 'vitest'
import { assign, createActor, fromPromise, setup, stopChild } from 'xstate'
import { createActorSource } from '#charts/live/actor-source.ts'
import { announceTab } from '#charts/live/announce-tab.ts'
import { eventLabel } from '#charts/live/event-label.ts'
import type { LiveNews } from '#charts/live/live.ts'
import {
  type Channel,
  createTabSource,
  findTabs,
  type LiveMessage,
  publish,
} from '#charts/live/live-channel.ts'
import {
  branchesOf,
  neighbourOf,
  noHistory,
  presentOf,
  viewOf,
  withNews,
} from '#charts/live/live-history.ts'

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
  const watch = () =>
    source.watch((news) => {
      history = withNews(history, news)
    })
  const stop = watch()
  const desk = root.getSnapshot().children.desk
  if (!desk) throw new Error('There is no desk lamp')
  return {
    ...{ root, source, desk, watch, stop },
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
        ...{ taken: ['lamp.off|press|0'], targets: ['lamp.on'], status: 'active', error: null },
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

  it('stay where they are while paused, whether or not anything had happened to them', () => {
    const { root, desk, deliver, history } = watched()
    const { door } = root.getSnapshot().children
    if (!door) throw new Error('There is no lamp at the door')
    const first = presentOf(history(), desk.sessionId)
    desk.send({ type: 'press' })
    deliver()
    const later = presentOf(history(), door.sessionId)
    door.send({ type: 'press' })
    desk.send({ type: 'press' })
    deliver()
    const off = { active: ['lamp', 'lamp.off'], status: 'active', taken: [], error: null }
    expect([first, later]).toEqual([0, 1])
    expect(viewOf(history(), desk.sessionId, first)).toEqual(off)
    expect(viewOf(history(), door.sessionId, later)).toEqual(off)
    expect(neighbourOf(history(), door.sessionId, later, 'forth')).toBe(2)
  })

  it('are shown anew when the watch begins again, and no step is called as another was', () => {
    const { root, desk, watch, stop, deliver, history } = watched()
    desk.send({ type: 'press' })
    deliver()
    const paused = presentOf(history(), desk.sessionId)
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
    expect(viewOf(history(), doorId, paused).active).toEqual(['lamp', 'lamp.off'])
    expect(viewOf(history(), doorId, paused + 1).active).toEqual(['lamp', 'lamp.on'])
  })

  it('tell nothing more after the watch, not even what was on its way', () => {
    const { desk, stop, deliver, history } = watched()
    desk.send({ type: 'press' })
    stop()
    deliver()
    expect(history().steps).toEqual([])
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
    expect(viewOf(history(), desk.sessionId, 1_000).active).toEqual(['lamp', 'lamp.off'])
  })

  it('that are broken take in nothing more', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { desk, deliver, history } = watched()
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

  it('are told of to a hidden tab, whose timers run once a minute, but to none that was closed', () => {
    vi.useFakeTimers()
    const [there, here] = joinedChannels()
    const { source, desk, deliver } = watched()
    const unpublish = publish({ channel: there, tab: 'a', title: () => 'A course', source })
    here.postMessage({ kind: 'watch', tab: 'a', watcher: 'me' })
    vi.advanceTimersByTime(60_000)
    here.postMessage({ kind: 'watch', tab: 'a', watcher: 'me' })
    vi.advanceTimersByTime(60_000)
    desk.send({ type: 'press' })
    deliver()
    here.postMessage({ kind: 'closed', tab: 'me' })
    desk.send({ type: 'press' })
    deliver()
    const told = here.heard.map((message) => message.kind === 'news' && message.news.steps.length)
    expect(told).toEqual([0, 1])
    unpublish()
    vi.useRealTimers()
  })
})

describe('a tab that is opened after the chart', () => {
  it('says that it is there, loads nothing for what others say, and is watched once it is chosen', () => {
    const [there, here] = joinedChannels()
    const { source } = watched()
    const page = new EventTarget()
    const found: unknown[] = []
    findTabs(here, {
      onTab: (tab, title) => found.push({ tab, title }),
      onClosed: (tab) => found.push({ closed: tab }),
    })
    const title = () => 'A course'
    let load = () => {}
    let asked = 0
    const onAsked = () => {
      asked += 1
      load = () => {
        publish({ channel: there, tab: 'a', title, source })
        there.postMessage({ kind: 'here', tab: 'a', title: title() })
      }
    }
    announceTab({ channel: there, tab: 'a', title, page, onAsked })
    here.postMessage({ kind: 'here', tab: 'b', title: 'Another' })
    here.postMessage({ kind: 'watch', tab: 'b', watcher: 'me' })
    here.postMessage({ kind: 'closed', tab: 'b' })
    expect([found, asked]).toEqual([[{ tab: 'a', title: 'A course' }], 0])

    const news: LiveNews[] = []
    const stop = createTabSource(here, 'a', 'me').watch((one) => news.push(one))
    expect([asked, news.length]).toEqual([1, 0])
    load()
    expect([asked, news.map(({ isFirst, actors }) => ({ isFirst, count: actors.length }))]).toEqual(
      [1, [{ isFirst: true, count: 3 }]],
    )
    stop()

    page.dispatchEvent(new Event('pagehide'))
    page.dispatchEvent(new Event('pageshow'))
    expect(found.slice(-2)).toEqual([{ closed: 'a' }, { tab: 'a', title: 'A course' }])
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
