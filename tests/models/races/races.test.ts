import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Trace } from '#charts/model-reports/model-reports.ts'
import { readChart } from '#charts/read-chart.ts'
import { chapterMachine } from '#machines/chapter.machine.ts'
import { currentOptions } from '../options.ts'
import { asJson, traceStep } from '../path-run.ts'
import { writeReport, writeTrace } from '../reports.ts'
import { commands as anyCommands } from './commands.ts'
import { anyCircumstances } from './fate.ts'
import type { Intent } from './intent.ts'
import { chapterId, type Page } from './page.ts'
import { type Race, RaceLost, runRace } from './race.ts'
import { exploring } from './schedule.ts'

const { runs, seed } = currentOptions()

test('whatever the order, nothing is lost and all agree in the end', {
  timeout: 1_000 * runs,
}, async () => {
  const begun = performance.now()
  let lost: { race: Race; failure: RaceLost } | undefined
  let turns = 0
  const property = fc.asyncProperty(
    fc.scheduler(),
    anyCircumstances,
    anyCommands,
    async (scheduler, circumstances, commands) => {
      const schedule = exploring(scheduler)
      try {
        await runRace(schedule, circumstances, (...parts) => runCommands(commands, ...parts))
      } catch (failure) {
        if (!(failure instanceof RaceLost)) throw failure
        const actions = [...commands].map((command) => JSON.parse(String(command)))
        lost = { race: { actions, ...circumstances, order: schedule.order }, failure }
        throw failure
      } finally {
        turns += schedule.order.length
      }
    },
  )
  const result = await fc.check(property, { numRuns: runs, seed })
  const seconds = (performance.now() - begun) / 1000
  writeReport('races', { schedules: result.numRuns, turns, seconds, seed })
  if (result.failed) throw lost ? explained(lost) : new Error(fc.defaultReportMessage(result))
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

function explained({ race, failure }: { race: Race; failure: RaceLost }): Error {
  const { fingerprint } = readChart(chapterMachine)
  const trace: Trace = {
    version: 1,
    machine: 'chapter',
    hash: fingerprint,
    seed,
    input: { chapterId },
    steps: failure.steps.map(traceStep),
    race: asJson(race),
  }
  const lines = [
    failure.message,
    '',
    `What was done (seed ${seed}):`,
    ...race.actions.map((action) => `  ${JSON.stringify(action)}`),
    'What became of the requests:',
    ...race.fates.map((fate) => `  ${JSON.stringify(fate)}`),
    'What happened, in order:',
    ...race.order.map((turn) => `  ${turn}`),
    writeTrace('race', trace),
  ]
  return new Error(lines.join('\n'), { cause: failure.cause })
}
