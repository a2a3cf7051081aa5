import { describe, expect, it } from 'vitest'
import { createActor, fromPromise, setup, waitFor } from 'xstate'
import { outcomeOf } from '#charts/live/step-words.ts'
import {
  type LinkOutcome,
  type LinkRequest,
  type RemovalOutcome,
  type VideoAddress,
  videoMachine,
} from '#machines/video.machine.ts'
import { watchSteps } from './watched-steps.ts'

const confirmed: LinkOutcome = {
  outcome: 'confirmed',
  filename: 'a.mp4',
  version: 1,
  confirmedAt: 1,
}

const video = videoMachine.provide({
  actors: {
    connectionReady: fromPromise(async () => {}),
    linkVideo: fromPromise<LinkOutcome, LinkRequest>(async () => confirmed),
    removeVideo: fromPromise<RemovalOutcome, VideoAddress>(async () => ({ outcome: 'removed' })),
  },
})

const input = {
  ...{ id: 'a', chapterId: 'chapter', mediaId: 'media', filename: 'a.mp4' },
  ...{ position: 'a0', durationSeconds: 61, version: 0, revision: 0 },
}

describe('the outcome of a step', () => {
  it('names where it led in the region that moved, and where the actor began', async () => {
    const actor = createActor(video, { input })
    const steps = watchSteps(actor)
    actor.start()
    await waitFor(actor, (snapshot) => snapshot.matches({ link: 'linked' }))
    actor.send({ type: 'video.edit', base: { filename: 'a.mp4', version: 1 } })
    actor.send({ type: 'video.remove' })
    actor.send({ type: 'video.retry' })

    const own = steps().filter(({ actorId }) => actorId === actor.sessionId)
    expect(
      own.map((step, index) => [step.event, outcomeOf(step, own[index - 1] ?? { active: [] })]),
    ).toEqual([
      ['xstate.init', 'began in optimistic, viewing'],
      ['xstate.done.actor.linkConnection', '→ linking'],
      ['xstate.done.actor.linkVideo', '→ linked'],
      ['video.edit', '→ editing'],
      ['video.remove', '→ removing'],
      ['video.retry', 'changed nothing'],
    ])
  })

  it('names the states that are new where no transition has a target in them', () => {
    const step = lastStepOf(recalling, 'leave', 'recall')
    expect(outcomeOf(step, { active: ['recalling', 'recalling.away'] })).toBe('→ second')
  })

  it('tells an action from a move, an end and a break', () => {
    const step = lastStepOf(recalling, 'count')
    const before = { active: step.active }
    expect([
      outcomeOf(step, before),
      outcomeOf({ ...step, status: 'stopped' }, before),
      outcomeOf({ ...step, status: 'error', error: 'glass' }, before),
    ]).toEqual(['changed no state', 'ended in second', 'broke: glass'])
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

function lastStepOf(machine: typeof recalling, ...events: ('leave' | 'recall' | 'count')[]) {
  const actor = createActor(machine).start()
  const steps = watchSteps(actor)
  for (const type of events) actor.send({ type })
  const step = steps().at(-1)
  if (!step) throw new Error('No step was told')
  return step
}
