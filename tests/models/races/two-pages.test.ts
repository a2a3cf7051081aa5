import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VideoActor } from '#client/features/videos/authoring-context.tsx'
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

/** The other page goes on with what this one has stored, as another tab of the same person does. */
const closeTab = { type: 'closeTab' } as const

/** Which of the two people does what. */
const anyActions = fc.array(
  fc.record({
    person: fc.nat(1),
    action: fc.oneof(
      { weight: 30, arbitrary: anySharedAction },
      { weight: 1, arbitrary: fc.constant(closeTab) },
    ),
  }),
  { maxLength: 16, size: 'max' },
)

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
    const other = visits[1 - person]
    if (!visit || !other) continue
    for (const { intent, page } of visits) intent.learn(page.rows())
    if (action.type === 'closeTab') closeTabBeside(other, visit)
    else act(action, visit.intent, visit.page)
  }
}

/**
 * Nothing typed is lost: an editor of the other tab has it, unless something else is typed there;
 * then it is left to be copied.
 */
function closeTabBeside(other: Visit, { page, intent }: Visit) {
  const drafts = intent.listDrafts()
  const used = new Set(
    [...other.page.actors()].flatMap(([id, actor]) =>
      isEditing(actor) && !other.page.isUnchanged(actor) ? [id] : [],
    ),
  )
  const { leftTexts } = other.page.takeOver(page.closeTab())
  // Also what is removed, which has no row.
  other.intent.learn([...intent.videos].map(([id, { mediaId }]) => ({ id, mediaId })))
  other.intent.learn(other.page.rows())
  intent.forget([...intent.videos.keys()])
  intent.stored()
  for (const [id, draft] of drafts) {
    const actor = other.page.actors().get(id)
    const shown = isEditing(actor) ? other.page.draftIn(actor) : null
    expect([shown, ...leftTexts], 'nothing typed is lost').toContain(draft)
    if (shown !== null && !used.has(id)) other.intent.opened(id, shown)
  }
}

const isEditing = (actor: VideoActor | undefined): actor is VideoActor =>
  actor?.getSnapshot().hasTag('editing') ?? false
