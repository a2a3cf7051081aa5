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
import { currentOptions } from '../options.ts'
import { commands as anyCommands } from './commands.ts'
import { anyCircumstances } from './fate.ts'
import type { Page } from './page.ts'
import { runRace } from './race.ts'
import { exploring } from './schedule.ts'

const { seed } = currentOptions()
const runs = 100

test('a live chart shows every actor where it stands, and all that its chapter took in, whatever the order', {
  timeout: 1_000 * runs,
}, async () => {
  const property = fc.asyncProperty(
    fc.scheduler(),
    anyCircumstances,
    anyCommands,
    async (scheduler, circumstances, commands) => {
      const schedule = exploring(scheduler)
      let expectShown = () => {}
      const watched = {
        ...schedule,
        runAll: (check: () => void) =>
          schedule.runAll(() => {
            check()
            expectShown()
          }),
      }
      await runRace(watched, circumstances, async (intent, page, turn) => {
        let watchedChapter = page.chapter
        expectShown = watch(page)
        for (const command of commands) {
          await turn(String(command))
          if (await command.check(intent)) await command.run(intent, page)
          if (page.chapter === watchedChapter) continue
          // A page that is reloaded is watched anew.
          watchedChapter = page.chapter
          expectShown = watch(page)
        }
      })
    },
  )
  await fc.assert(property, { numRuns: runs, seed })
})

/**
 * Watches the chapter's actors as a chart does, and tells how to compare what it shows with what
 * is.
 */
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
  source.watch((news) => {
    history = applyUpdate(history, news)
  })
  return () => {
    deliver()
    deliver = () => {}
    for (const actor of [chapter, ...actors().values()]) expectHighlight(history, actor)
    const taken = steps.slice(stepsBefore).map(({ event }) => event.type)
    expect(eventsOf(history, chapter)).toEqual(taken)
  }
}

function expectHighlight(history: LiveHistory, actor: AnyActorRef) {
  const snapshot = actor.getSnapshot()
  const stands = { active: readActiveStates(snapshot), status: snapshot.status }
  expect(viewActor(history, actor.sessionId, null)).toMatchObject(stands)
  const last = history.steps.findLast(({ actorId }) => actorId === actor.sessionId)
  if (last) expect(viewActor(history, actor.sessionId, last.number)).toMatchObject(stands)
}

const eventsOf = ({ steps }: LiveHistory, { sessionId }: AnyActorRef) =>
  steps.filter(({ actorId }) => actorId === sessionId).map(({ event }) => event)
