import { describe, expect, it } from 'vitest'

import { type ActorRefFrom, createActor, fromPromise, setup, waitFor } from 'xstate'
import { describeOutcome } from '#charts/live/describe-outcome.ts'
import type { RequestOutcome, VideoRequest } from '#machines/video.context.ts'
import { videoMachine } from '#machines/video.machine.ts'
import { watchSteps } from './watch-steps.ts'

const confirmed: RequestOutcome = {
  outcome: 'confirmed',
  server: { status: 'linked', version: 1, revision: 0, at: 1 },
}

const video = videoMachine.provide({
  actors: {
    connectionReady: fromPromise<void, { attempt: number }>(async () => {}),
    sendRequest: fromPromise<RequestOutcome, VideoRequest>(({ input: { kind } }) =>
      kind === 'link' ? Promise.resolve(confirmed) : new Promise(() => {}),
    ),
  },
})

const input = {
  id: 'a',
  chapterId: 'chapter',
  mediaId: 'media',
  filename: 'a.mp4',
  position: 'a0',
  durationSeconds: 61,
  version: 0,
  revision: 0,
}

describe('the outcome of a step', () => {
  it('names the states entered in the changed region, and all states at the start', async () => {
    const chapter = createActor(
      setup({ actors: { video } }).createMachine({ invoke: { id: 'video', src: 'video', input } }),
    )
    const steps = watchSteps(chapter)
    chapter.start()
    const actor = chapter.getSnapshot().children.video as ActorRefFrom<typeof video>
    await waitFor(actor, (snapshot) => snapshot.matches({ link: 'linked' }))
    actor.send({ type: 'video.edit', saved: { filename: 'a.mp4', version: 1, revision: 0 } })
    actor.send({ type: 'video.remove' })
    actor.send({ type: 'video.retry' })

    const own = steps().filter(({ actorId }) => actorId === actor.sessionId)
    expect(
      own.map((step, index) => [
        step.event,
        describeOutcome(step, own[index - 1] ?? { active: [] }),
      ]),
    ).toEqual([
      ['xstate.init', '→ linking, viewing, sending'],
      ['xstate.done.actor.request', '→ idle, linked'],
      ['video.edit', '→ editing'],
      ['video.remove', '→ removing, sending'],
      ['video.retry', 'ignored'],
    ])
  })

  it('names new states even if no transition targets them', () => {
    const step = runEvents(recalling, 'leave', 'recall')
    expect(describeOutcome(step, { active: ['recalling', 'recalling.away'] })).toBe('→ second')
  })

  it('distinguishes an action, a stop and an error from a change of state', () => {
    const step = runEvents(recalling, 'count')
    const before = { active: step.active }
    expect([
      describeOutcome(step, before),
      describeOutcome({ ...step, status: 'stopped' }, before),
      describeOutcome({ ...step, status: 'error', error: 'glass' }, before),
    ]).toEqual(['no state changed', 'in second', 'failed: glass'])
  })
})

const recalling = setup({
  types: { events: {} as { type: 'leave' } | { type: 'recall' } | { type: 'count' } },
  actions: { count: () => {} },
}).createMachine({
  id: 'recalling',
  initial: 'here',
  states: {
    here: {
      initial: 'second',
      states: { first: {}, second: {}, last: { type: 'history' } },
      on: { leave: 'away', count: { actions: 'count' } },
    },
    away: { on: { recall: 'here.last' } },
  },
})

function runEvents(machine: typeof recalling, ...events: ('leave' | 'recall' | 'count')[]) {
  const actor = createActor(machine).start()
  const steps = watchSteps(actor)
  for (const type of events) actor.send({ type })
  const step = steps().at(-1)
  if (!step) throw new Error('no step')
  return step
}
