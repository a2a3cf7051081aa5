import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Direction } from '#machines/history.ts'
import { currentOptions } from '../options.ts'
import { act, ownActionArbitrary } from './commands.ts'
import { createIntent } from './intent.ts'
import { expectAgreementWithServer, expectInvariants } from './invariants.ts'
import { environmentArbitrary } from './network-outcome.ts'
import { createBackend, createPage, type Page } from './page.ts'
import { runAlongside, settleAll, type Visit } from './race.ts'
import { createExploringSchedule, type Schedule } from './schedule.ts'

const { runs, seed } = currentOptions()

test('undoing everything leaves the rows and their order as if nothing had been done, and redoing it as if nothing had been undone', {
  timeout: 1_000 * runs,
}, async () => {
  const property = fc.asyncProperty(
    fc.scheduler(),
    environmentArbitrary,
    fc.array(ownActionArbitrary, { maxLength: 16, size: 'max' }),
    async (scheduler, environment, actions) => {
      const schedule = createExploringSchedule(scheduler)
      const page = createPage(schedule, createBackend(schedule, environment), environment)
      const visit = { page, intent: createIntent(page.rows()) }
      try {
        const initial = describeRows(page)
        await run(visit, schedule, async () => {
          for (const action of actions) {
            await schedule.turn(JSON.stringify(action))
            act(action, visit.intent, page)
          }
        })
        // Two rows of one asset may compete for a chapter while their requests are in flight.
        fc.pre(!sharesAssets(page))
        const done = describeRows(page)
        const hadRefusals = hasRefusals(page)
        const steps = page.history().past.length
        await takeSteps(visit, schedule, 'undo', steps)
        expect(describeRows(page)).toEqual(initial)
        await takeSteps(visit, schedule, 'redo', steps)
        if (!hadRefusals && !hasRefusals(page)) expect(describeRows(page)).toEqual(done)
      } finally {
        page.close()
      }
    },
  )
  await fc.assert(property, { numRuns: runs, seed })
})

/** Undoes or redoes changes, one per turn, and waits until page and server agree. */
async function takeSteps(visit: Visit, schedule: Schedule, direction: Direction, steps: number) {
  const { page, intent } = visit
  await run(visit, schedule, async () => {
    for (let step = 0; step < steps; step += 1) {
      await schedule.turn(direction)
      act({ type: direction }, intent, page)
      expect(page.history().latest?.obstacle).toBeUndefined()
    }
  })
  const check = () => expectInvariants(page, intent)
  await settleAll([visit], schedule, check)
  expectAgreementWithServer(page, intent)
}

const run = ({ page, intent }: Visit, schedule: Schedule, actions: () => Promise<void>) =>
  runAlongside(actions(), schedule, () => expectInvariants(page, intent))

/** Whether something was refused, such as an asset's second row in a chapter. */
const hasRefusals = (page: Page) =>
  [...page.reports().values()].some(({ problem, placeProblem }) => problem ?? placeProblem)

function sharesAssets(page: Page): boolean {
  const assets = [...page.reports().values()].map(({ mediaId }) => mediaId)
  return new Set(assets).size < assets.length
}

const describeRows = (page: Page) =>
  page.rows().map(({ id, chapterId, filename }) => [chapterId, id, filename].join(' '))
