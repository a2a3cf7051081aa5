import { describe, expect, it } from 'vitest'
import { assign, createActor, type InspectionEvent, setup } from 'xstate'
import { createActorStream, maxBatch } from '#charts/inspect/actor-stream.ts'
import { redact } from '#charts/inspect/redact.ts'
import { redactEvent } from '#charts/inspect/redact-event.ts'
import { allowText } from '#client/app/charts/allow-text.ts'
import { chartEntries } from '#client/app/charts/chart-entries.ts'

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

function createStream(root = createActor(hall).start()) {
  const received: InspectionEvent[] = []
  const waiting: (() => void)[] = []
  const stream = createActorStream({
    root,
    allowText,
    onEvent: (event) => received.push(event),
    schedule: (callback) => waiting.push(callback),
  })
  /** Runs scheduled work until none is left; returns the size of each batch. */
  const settle = () => {
    const batches: number[] = []
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const before = received.length
      next()
      batches.push(received.length - before)
    }
    return batches
  }
  return { root, stream, received, settle }
}

const listActorIds = (events: InspectionEvent[]) =>
  events.filter(({ type }) => type === '@xstate.actor').map(({ actorRef }) => getId(actorRef))

const getId = (actor: object) => String(Reflect.get(actor, 'id'))

describe('The stream of actors to an inspector', () => {
  it('buffers everything until it starts, then sends batches that the inspector can hold', () => {
    const { root, stream, received, settle } = createStream()
    root.send({ type: 'light' })
    for (const id of lampIds) root.getSnapshot().children[id]?.send({ type: 'press' })
    expect(settle()).toEqual([])

    stream.start()
    const batches = settle()
    expect(Math.max(...batches)).toBeLessThanOrEqual(maxBatch)
    expect(maxBatch).toBeLessThan(200)
    expect(listActorIds(received)).toEqual([root.id, ...lampIds])
    const presses = received.filter(
      (event) => event.type === '@xstate.event' && event.event.type === 'press',
    )
    expect(presses.map(({ actorRef }) => getId(actorRef))).toEqual(lampIds)
    const latest = new Map(
      received.flatMap((event) =>
        event.type === '@xstate.snapshot' ? [[getId(event.actorRef), event.snapshot]] : [],
      ),
    )
    expect(lampIds.map((id) => latest.get(id))).toEqual(
      lampIds.map(() => ({
        status: 'active',
        value: 'on',
        context: { filename: '…', id: 'lamp-1' },
      })),
    )
  })

  it('starts with the existing actors, also after a restart', () => {
    const root = createActor(hall).start()
    root.send({ type: 'light' })
    const { stream, received, settle } = createStream(root)
    stream.start()
    settle()
    expect(listActorIds(received)).toEqual([root.id, ...lampIds])
    received.length = 0
    stream.start()
    settle()
    expect(listActorIds(received)).toEqual([root.id, ...lampIds])
  })

  it('sends nothing once stopped', () => {
    const { root, stream, received, settle } = createStream()
    stream.start()
    stream.stop()
    root.send({ type: 'light' })
    settle()
    expect(received).toEqual([])
  })
})

describe('Redaction', () => {
  it('keeps allowed texts, a part of long lists, and the class names of other objects', () => {
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
    expect(redact(value, allowText)).toEqual({
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

  it.each(chartEntries)('removes filenames from everything that $title receives', (entry) => {
    const { input, payloads, outputs } = entry
    const all = JSON.stringify(redact({ input, payloads, outputs }, allowText))
    expect(all).not.toMatch(/Lesson|name\.mp4|refused\./i)
  })

  it('drops events that inspectors do not show', () => {
    const actorRef = createActor(hall).start()
    const microstep = { type: '@xstate.microstep', rootId: 'x', actorRef } as never
    expect(redactEvent(microstep, allowText)).toBeUndefined()
  })
})
