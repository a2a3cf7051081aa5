import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Trace } from '#charts/model-reports/model-reports.ts'
import { readChart } from '#charts/read-chart.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { currentOptions } from '../options.ts'
import { asJson, createTraceStep } from '../path-run.ts'
import { writeReport, writeTrace } from '../reports.ts'
import { commandsArbitrary } from './commands.ts'
import type { Intent } from './intent.ts'
import { environmentArbitrary } from './network-outcome.ts'
import { chapterId, type Page } from './page.ts'
import { InvariantError, type Race, runRace } from './race.ts'
import { createExploringSchedule } from './schedule.ts'

const { runs, seed } = currentOptions()

test('in any order, nothing is lost, and page and server agree in the end', {
  timeout: 1_000 * runs,
}, async () => {
  const startedAt = performance.now()
  let failed: { race: Race; failure: InvariantError } | undefined
  let turns = 0
  const property = fc.asyncProperty(
    fc.scheduler(),
    environmentArbitrary,
    commandsArbitrary,
    async (scheduler, environment, commands) => {
      const schedule = createExploringSchedule(scheduler)
      try {
        await runRace(schedule, environment, (...parts) => runCommands(commands, ...parts))
      } catch (failure) {
        if (!(failure instanceof InvariantError)) throw failure
        const actions = [...commands].map((command) => JSON.parse(String(command)))
        failed = { race: { actions, ...environment, order: schedule.order }, failure }
        throw failure
      } finally {
        turns += schedule.order.length
      }
    },
  )
  const result = await fc.check(property, { numRuns: runs, seed })
  const seconds = (performance.now() - startedAt) / 1000
  writeReport('races', { schedules: result.numRuns, turns, seconds, seed })
  if (result.failed)
    throw failed ? createRaceError(failed) : new Error(fc.defaultReportMessage(result))
  expect(result.numRuns).toBe(runs)
})

async function runCommands(
  commands: Iterable<fc.AsyncCommand<Intent, Page>>,
  intent: Intent,
  page: Page,
  turn: (action: string) => Promise<void>,
) {
  for (const command of commands) {
    await turn(String(command))
    if (await command.check(intent)) await command.run(intent, page)
  }
}

/** Creates an error that describes the failed race, and writes its trace. */
function createRaceError({ race, failure }: { race: Race; failure: InvariantError }): Error {
  const { fingerprint } = readChart(chapterMachine)
  const trace: Trace = {
    version: 2,
    machine: 'chapter',
    hash: fingerprint,
    seed,
    input: { chapterId },
    steps: failure.steps.map(createTraceStep),
    race: asJson(race),
  }
  const lines = [
    failure.message,
    '',
    `Actions, in order (seed ${seed}):`,
    ...race.actions.map((action) => `  ${JSON.stringify(action)}`),
    'Requests, in order:',
    ...race.outcomes.map((outcome) => `  ${JSON.stringify(outcome)}`),
    'Turns, in order:',
    ...race.order.map((turn) => `  ${turn}`),
    writeTrace('race', trace),
  ]
  return new Error(lines.join('\n'), { cause: failure.cause })
}
