import fc from 'fast-check'
import { test } from 'vitest'
import { currentOptions } from '../options.ts'
import { act, anySharedAction } from './commands.ts'
import { anyCircumstances } from './fate.ts'
import { createIntent } from './intent.ts'
import { expectAgreementWithServer, expectSharedInvariants } from './invariants.ts'
import { createBackend, createPage } from './page.ts'
import { answerEverything, runAlongside, type Visit } from './race.ts'
import { exploring, type Schedule } from './schedule.ts'

const { runs, seed } = currentOptions()

const pageIds = ['01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-0000000000f2']

/** Which of the two people does what. */
const anyActions = fc.array(fc.record({ person: fc.nat(1), action: anySharedAction }), {
  maxLength: 16,
  size: 'max',
})

test('two people who change the same rows end with the same ones, in the same order', {
  timeout: 1_000 * runs,
}, async () => {
  const property = fc.asyncProperty(
    fc.scheduler(),
    anyCircumstances,
    anyActions,
    async (scheduler, circumstances, actions) => {
      const schedule = exploring(scheduler)
      const backend = createBackend(schedule, circumstances)
      const visits = pageIds.map((pageId, index): Visit => {
        const randomSeed = circumstances.randomSeed + index
        const page = createPage(schedule, backend, { randomSeed, pageId })
        return { page, intent: createIntent(page.rows()) }
      })
      try {
        await raceTogether(visits, actions, schedule)
      } finally {
        for (const { page } of visits.toReversed()) page.close()
      }
    },
  )
  await fc.assert(property, { numRuns: runs, seed })
})

type SharedActions = typeof anyActions extends fc.Arbitrary<infer Value> ? Value : never

async function raceTogether(visits: readonly Visit[], actions: SharedActions, schedule: Schedule) {
  const check = () => {
    for (const { page, intent } of visits) {
      const rows = page.rows()
      intent.learn(rows)
      expectSharedInvariants(page, rows, intent)
    }
  }
  await runAlongside(doInTurn(visits, actions, schedule), schedule, check)
  await answerEverything(visits, schedule, check)
  for (const { page } of visits) expectAgreementWithServer(page, createIntent([]))
}

async function doInTurn(visits: readonly Visit[], actions: SharedActions, schedule: Schedule) {
  for (const { person, action } of actions) {
    await schedule.turn(`${person}: ${JSON.stringify(action)}`)
    const visit = visits[person]
    if (!visit) continue
    visit.intent.learn(visit.page.rows())
    act(action, visit.intent, visit.page)
  }
}
