import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnyActorRef } from 'xstate'
import { createActorSource } from '#charts/live/actor-source.ts'
import {
  applyUpdate,
  emptyHistory,
  type LiveHistory,
  viewActor,
} from '#charts/live/live-history.ts'
import { readActiveStates } from '#charts/xstate-internals.ts'
import { hasVideo } from '#machines/pending-videos.ts'
import { currentOptions } from '../options.ts'
import { commandsArbitrary } from './commands.ts'
import { environmentArbitrary } from './network-outcome.ts'
import type { Page } from './page.ts'
import { runRace } from './race.ts'
import { createExploringSchedule } from './schedule.ts'

const { seed } = currentOptions()
const runs = 100

test('in any order, a live chart shows the state of every actor and all events of the chapter', {
  timeout: 1_000 * runs,
}, async () => {
  const property = fc.asyncProperty(
    fc.scheduler(),
    environmentArbitrary,
    commandsArbitrary,
    async (scheduler, environment, commands) => {
      const schedule = createExploringSchedule(scheduler)
      let expectShown = () => {}
      const watched = {
        ...schedule,
        runAll: (check: () => void) =>
          schedule.runAll(() => {
            check()
            expectShown()
          }),
      }
      await runRace(watched, environment, async (intent, page, turn) => {
        let watchedChapter = page.chapter
        expectShown = watch(page)
        for (const command of commands) {
          await turn(String(command))
          if (await command.check(intent)) await command.run(intent, page)
          if (page.chapter === watchedChapter) continue
          // A reloaded page has to be watched again.
          watchedChapter = page.chapter
          expectShown = watch(page)
        }
      })
    },
  )
  await fc.assert(property, { numRuns: runs, seed })
})

/** Watches the chapter's actors as a chart does. Returns a check that it shows their states. */
function watch({ chapter, actors, steps }: Page): () => void {
  const stepsBefore = steps.length
  let deliver = () => {}
  let history: LiveHistory = emptyHistory
  const source = createActorSource({
    root: chapter,
    getName: ({ id }) => id,
    schedule: (next) => {
      deliver = next
    },
  })
  source.watch((update) => {
    history = applyUpdate(history, update)
  })
  return () => {
    deliver()
    deliver = () => {}
    const { videos } = chapter.getSnapshot().context
    const own = [...actors().values()].filter(({ id }) => hasVideo(videos, id))
    for (const actor of [chapter, ...own]) expectHighlight(history, actor)
    const taken = steps.slice(stepsBefore).map(({ event }) => event.type)
    expect(listEvents(history, chapter)).toEqual(taken)
  }
}

function expectHighlight(history: LiveHistory, actor: AnyActorRef) {
  const snapshot = actor.getSnapshot()
  const expected = { active: readActiveStates(snapshot), status: snapshot.status }
  expect(viewActor(history, actor.sessionId, null)).toMatchObject(expected)
  const last = history.steps.findLast(({ actorId }) => actorId === actor.sessionId)
  if (last) expect(viewActor(history, actor.sessionId, last.number)).toMatchObject(expected)
}

const listEvents = ({ steps }: LiveHistory, { sessionId }: AnyActorRef) =>
  steps.filter(({ actorId }) => actorId === sessionId).map(({ event }) => event)
