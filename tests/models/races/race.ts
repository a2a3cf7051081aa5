import { type Action, act } from './commands.ts'
import { createIntent, type Intent } from './intent.ts'
import { expectAgreementWithServer, expectInvariants } from './invariants.ts'
import { type ChapterStep, createBackend, createPage, type Environment, type Page } from './page.ts'
import type { Schedule } from './schedule.ts'

/** Runs actions, each in its own turn among everything else that waits. */
export type RunActions = (
  intent: Intent,
  page: Page,
  turn: (action: string) => Promise<void>,
) => Promise<void>

export interface Race extends Environment {
  actions: readonly Action[]
  /** The labels of the turns, in order. */
  order: readonly string[]
}

/** The failure of a race, with the steps of its chapter until then. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'
  readonly steps: readonly ChapterStep[]

  constructor(reason: Error, steps: readonly ChapterStep[]) {
    super(reason.message, { cause: reason })
    this.steps = steps
  }
}

/**
 * Runs a race on a fresh page.
 * @throws InvariantError as soon as an invariant does not hold
 */
export async function runRace(
  schedule: Schedule,
  environment: Environment,
  run: RunActions,
): Promise<void> {
  const page = createPage(schedule, createBackend(schedule, environment), environment)
  try {
    const intent = createIntent(page.rows())
    await runUntilSettled(page, intent, schedule, run)
  } catch (error) {
    throw new InvariantError(error as Error, page.steps)
  } finally {
    page.close()
  }
}

async function runUntilSettled(page: Page, intent: Intent, schedule: Schedule, run: RunActions) {
  const check = () => expectInvariants(page, intent)
  await runAlongside(
    run(intent, page, (action) => schedule.turn(action)),
    schedule,
    check,
  )
  await settleAll([{ page, intent }], schedule, check)
  if (!intent.isClosed) expectAgreementWithServer(page, intent)
}

/** Runs everything pending along with the actions. @throws what an action or a check throws */
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

/** A page and its expected state. */
export interface Visit {
  page: Page
  intent: Intent
}

const maxDelay = 31_000
const maxRounds = 30

/** Restores the connection and serves every request until nothing is pending. */
export async function settleAll(visits: readonly Visit[], schedule: Schedule, check: () => void) {
  for (const { page } of visits) {
    page.network.deliverEverything()
    page.setOnline(true)
    for (const id of page.uploading()) page.finishUpload(id)
  }
  await schedule.runAll(check)
  for (let round = 0; round < maxRounds && visits.some(isBusy); round += 1) {
    for (const { page } of visits) page.passTime(maxDelay)
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
export const replayActions =
  (actions: readonly Action[]): RunActions =>
  async (intent, page, turn) => {
    for (const action of actions) {
      await turn(JSON.stringify(action))
      act(action, intent, page)
    }
  }
