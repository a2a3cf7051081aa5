import { describe, expect, it } from 'vitest'
import { assign, createActor, type InspectionEvent, setup } from 'xstate'
import { createActorStream, mostAtOnce } from '#charts/inspect/actor-stream.ts'
import { told } from '#charts/inspect/told.ts'
import { toldEvent } from '#charts/inspect/told-event.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'
import { mayTell } from '#client/app/charts/may-tell.ts'

const lamp = setup({
  types: { input: {} as { filename: string }, context: {} as { filename: string; id: string } },
}).createMachine({
  id: 'lamp',
  context: ({ input }) => ({ ...input, id: 'lamp-1' }),
  initial: 'off',
  states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
})

const hall = setup({ actors: { lamp } }).createMachine({
  id: 'hall',
  on: {
    light: {
      actions: assign(({ spawn }) => {
        for (const id of lampIds) spawn('lamp', { id, input: { filename: `${id} secret.mp4` } })
        return {}
      }),
    },
  },
})

const lampIds = Array.from({ length: 200 }, (_, index) => `lamp ${index}`)

function streamed(root = createActor(hall).start()) {
  const received: InspectionEvent[] = []
  const waiting: (() => void)[] = []
  const stream = createActorStream({
    root,
    mayTell,
    receive: (event) => received.push(event),
    schedule: (callback) => waiting.push(callback),
  })
  /** Lets scheduled work happen until there is none, and tells how much each time handed on. */
  const settle = () => {
    const portions: number[] = []
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const before = received.length
      next()
      portions.push(received.length - before)
    }
    return portions
  }
  return { root, stream, received, settle }
}

const namesOf = (events: InspectionEvent[]) =>
  events.filter(({ type }) => type === '@xstate.actor').map(({ actorRef }) => idOf(actorRef))

const idOf = (actor: object) => String(Reflect.get(actor, 'id'))

describe('The stream of actors to an inspector', () => {
  it('keeps everything until it begins, then hands on never more than the inspector can hold', () => {
    const { root, stream, received, settle } = streamed()
    root.send({ type: 'light' })
    for (const id of lampIds) root.getSnapshot().children[id]?.send({ type: 'press' })
    expect(settle()).toEqual([])

    stream.begin()
    const portions = settle()
    expect(Math.max(...portions)).toBeLessThanOrEqual(mostAtOnce)
    expect(mostAtOnce).toBeLessThan(200)
    expect(namesOf(received)).toEqual([root.id, ...lampIds])
    const presses = received.filter(
      (event) => event.type === '@xstate.event' && event.event.type === 'press',
    )
    expect(presses.map(({ actorRef }) => idOf(actorRef))).toEqual(lampIds)
    const standing = new Map(
      received.flatMap((event) =>
        event.type === '@xstate.snapshot' ? [[idOf(event.actorRef), event.snapshot]] : [],
      ),
    )
    expect(lampIds.map((id) => standing.get(id))).toEqual(
      lampIds.map(() => ({
        status: 'active',
        value: 'on',
        context: { filename: '…', id: 'lamp-1' },
      })),
    )
  })

  it('tells of the actors that were there before it, and of all anew when it begins again', () => {
    const root = createActor(hall).start()
    root.send({ type: 'light' })
    const { stream, received, settle } = streamed(root)
    stream.begin()
    settle()
    expect(namesOf(received)).toEqual([root.id, ...lampIds])
    received.length = 0
    stream.begin()
    settle()
    expect(namesOf(received)).toEqual([root.id, ...lampIds])
  })

  it('says nothing more once it is stopped', () => {
    const { root, stream, received, settle } = streamed()
    stream.begin()
    stream.stop()
    root.send({ type: 'light' })
    settle()
    expect(received).toEqual([])
  })
})

describe('What is told of actors', () => {
  it('is no text but those that may be told, a part of long lists, and of other things their kind', () => {
    const value = {
      id: 'a-1',
      filename: 'Secret.mp4',
      size: 3,
      isOpen: true,
      nothing: null,
      missing: undefined,
      problem: { status: 409, type: 'about:blank', detail: 'Secret.mp4 is there' },
      run: { 'a-1': 'linked' },
      unsavedNames: ['a-1'],
      unconfirmed: ['Secret.mp4'],
      error: new TypeError('Secret.mp4'),
      at: new Date(0),
      many: Array.from({ length: 25 }, (_, index) => index),
    }
    expect(told(value, mayTell)).toEqual({
      id: 'a-1',
      filename: '…',
      size: 3,
      isOpen: true,
      nothing: null,
      missing: null,
      problem: { status: 409, type: 'about:blank', detail: '…' },
      run: { 'a-1': 'linked' },
      unsavedNames: ['a-1'],
      unconfirmed: ['…'],
      error: 'TypeError',
      at: 'Date',
      many: [...Array.from({ length: 20 }, (_, index) => index), 'and 5 more'],
    })
  })

  it.each(chartEntries)('holds no name of a file, in whatever $title takes in', (entry) => {
    const { input, payloads, outputs } = entry
    const all = JSON.stringify(told({ input, payloads, outputs }, mayTell))
    expect(all).not.toMatch(/Lesson|name\.mp4|refused\./i)
  })

  it('leaves out what an inspector does not show', () => {
    const actorRef = createActor(hall).start()
    const microstep = { type: '@xstate.microstep', rootId: 'x', actorRef } as never
    expect(toldEvent(microstep, mayTell)).toBeUndefined()
  })
})
