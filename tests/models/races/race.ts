import { type Action, act } from './commands.ts'
import { createIntent, type Intent } from './intent.ts'
import { expectAgreementWithServer, expectInvariants } from './invariants.ts'
import {
  type ChapterStep,
  type Circumstances,
  createBackend,
  createPage,
  type Page,
} from './page.ts'
import type { Schedule } from './schedule.ts'

/** One run of actions, each in its turn among everything else that waits. */
export type RunActions = (
  intent: Intent,
  page: Page,
  turn: (action: string) => Promise<void>,
) => Promise<void>

export interface Race extends Circumstances {
  actions: readonly Action[]
  /** The labels of the turns, in the order they came. */
  order: readonly string[]
}

/** An invariant did not hold; `steps` are the chapter's until then. */
export class RaceLost extends Error {
  override readonly name = 'RaceLost'
  readonly steps: readonly ChapterStep[]

  constructor(reason: Error, steps: readonly ChapterStep[]) {
    super(reason.message, { cause: reason })
    this.steps = steps
  }
}

/** Runs a race on a fresh page; throws at the first moment at which an invariant does not hold. */
export async function runRace(
  schedule: Schedule,
  circumstances: Circumstances,
  run: RunActions,
): Promise<void> {
  const page = createPage(schedule, createBackend(schedule, circumstances), circumstances)
  try {
    const intent = createIntent(page.rows())
    await runToEnd(page, intent, schedule, run)
  } catch (error) {
    throw new RaceLost(error as Error, page.steps)
  } finally {
    page.close()
  }
}

async function runToEnd(page: Page, intent: Intent, schedule: Schedule, run: RunActions) {
  const check = () => expectInvariants(page, intent)
  await runAlongside(
    run(intent, page, (action) => schedule.turn(action)),
    schedule,
    check,
  )
  await answerEverything([{ page, intent }], schedule, check)
  if (!intent.isClosed) expectAgreementWithServer(page, intent)
}

/**
 * Runs all that waits, actions in their turns among it; throws what an action or a check throws.
 */
export async function runAlongside(
  actions: Promise<void>,
  schedule: Schedule,
  check: () => void,
): Promise<void> {
  let failure: unknown
  const done = actions.catch((error: unknown) => {
    failure = error
  })
  await schedule.runAll(() => {
    if (failure) throw failure
    check()
  })
  await done
  if (failure) throw failure
}

/** A page, and what is wanted of it. */
export interface Visit {
  page: Page
  intent: Intent
}

const longestDelay = 31_000
const maxRounds = 30

/** Brings the connection back and serves every request until no process has anything left to do. */
export async function answerEverything(
  visits: readonly Visit[],
  schedule: Schedule,
  check: () => void,
) {
  for (const { page } of visits) {
    page.network.becomeFair()
    page.setOnline(true)
    for (const id of page.uploading()) page.finishUpload(id)
  }
  await schedule.runAll(check)
  for (let round = 0; round < maxRounds && visits.some(isBusy); round += 1) {
    for (const { page } of visits) page.passTime(longestDelay)
    await schedule.runAll(check)
  }
  for (const { page, intent } of visits) {
    if (!intent.isShown) page.return()
    page.refetch()
  }
  await schedule.runAll(check)
}

const isBusy = ({ page, intent }: Visit): boolean => !intent.isClosed && page.isBusy()

/** Runs the recorded actions of a race. */
export const runRecorded =
  (actions: readonly Action[]): RunActions =>
  async (intent, page, turn) => {
    for (const action of actions) {
      await turn(JSON.stringify(action))
      act(action, intent, page)
    }
  }
