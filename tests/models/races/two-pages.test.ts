import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VideoActor } from '#client/features/videos/authoring-context.tsx'
import { currentOptions } from '../options.ts'
import { act, sharedActionArbitrary } from './commands.ts'
import { createIntent } from './intent.ts'
import { expectAgreementWithServer, expectSharedInvariants } from './invariants.ts'
import { environmentArbitrary } from './network-outcome.ts'
import { createBackend, createPage } from './page.ts'
import { runAlongside, settleAll, type Visit } from './race.ts'
import { createExploringSchedule, type Schedule } from './schedule.ts'

const { runs, seed } = currentOptions()

const pageIds = ['01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-0000000000f2']

/** The other page resumes what this one stored, as another tab of the same person does. */
const closeTab = { type: 'closeTab' } as const

/** The actions of both people. */
const actionsArbitrary = fc.array(
  fc.record({
    person: fc.nat(1),
    action: fc.oneof(
      { weight: 30, arbitrary: sharedActionArbitrary },
      { weight: 1, arbitrary: fc.constant(closeTab) },
    ),
  }),
  { maxLength: 16, size: 'max' },
)

test('two people who change the same rows end up with the same rows in the same order', {
  timeout: 1_000 * runs,
}, async () => {
  const property = fc.asyncProperty(
    fc.scheduler(),
    environmentArbitrary,
    actionsArbitrary,
    async (scheduler, environment, actions) => {
      const schedule = createExploringSchedule(scheduler)
      const backend = createBackend(schedule, environment)
      const visits = pageIds.map((pageId, index): Visit => {
        const randomSeed = environment.randomSeed + index
        const page = createPage(schedule, backend, { randomSeed, pageId })
        return { page, intent: createIntent(page.rows()) }
      })
      try {
        await runSharedRace(visits, actions, schedule)
      } finally {
        for (const { page } of visits.toReversed()) page.close()
      }
    },
  )
  await fc.assert(property, { numRuns: runs, seed })
})

type SharedActions = typeof actionsArbitrary extends fc.Arbitrary<infer Value> ? Value : never

async function runSharedRace(visits: readonly Visit[], actions: SharedActions, schedule: Schedule) {
  const check = () => {
    for (const { page, intent } of visits) {
      const rows = page.rows()
      intent.trackRows(rows)
      expectSharedInvariants(page, rows, intent)
    }
  }
  await runAlongside(runActions(visits, actions, schedule), schedule, check)
  await settleAll(visits, schedule, check)
  for (const { page } of visits) expectAgreementWithServer(page, createIntent([]))
}

async function runActions(visits: readonly Visit[], actions: SharedActions, schedule: Schedule) {
  for (const { person, action } of actions) {
    await schedule.turn(`${person}: ${JSON.stringify(action)}`)
    const visit = visits[person]
    const other = visits[1 - person]
    if (!visit || !other) continue
    for (const { intent, page } of visits) intent.trackRows(page.rows())
    if (action.type === 'closeTab') resumeClosedTab(other, visit)
    else act(action, visit.intent, visit.page)
  }
}

/**
 * Closes a tab, which the other one resumes. Nothing typed is lost: an editor of the other tab
 * shows it, or offers it for copying if someone has typed something else there.
 */
function resumeClosedTab(other: Visit, { page, intent }: Visit) {
  const drafts = intent.listDrafts()
  const editedIds = new Set(
    [...other.page.actors()].flatMap(([id, actor]) =>
      isEditing(actor) && !other.page.isUnchanged(actor) ? [id] : [],
    ),
  )
  const { leftTexts } = other.page.resumeTab(page.closeTab())
  // Removed videos have no row.
  other.intent.trackRows([...intent.videos].map(([id, { mediaId }]) => ({ id, mediaId })))
  other.intent.trackRows(other.page.rows())
  intent.forget([...intent.videos.keys()])
  intent.store()
  for (const [id, draft] of drafts) {
    const actor = other.page.actors().get(id)
    const shown = isEditing(actor) ? other.page.readDraft(actor) : null
    expect([shown, ...leftTexts], 'nothing typed is lost').toContain(draft)
    if (shown !== null && !editedIds.has(id)) other.intent.setDraft(id, shown)
  }
}

const isEditing = (actor: VideoActor | undefined): actor is VideoActor =>
  actor?.getSnapshot().hasTag('editing') ?? false
