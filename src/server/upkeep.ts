import { delay } from '#shared/delay.ts'
import type { Database } from './db/database.ts'
import { type Chore, listChores } from './db/embedded-files.ts'
import { deleteOldChanges, deleteRemoved } from './db/outdated-rows.ts'
import type { Clock, Log } from './dependencies.ts'

const defaultTiming = {
  /** Milliseconds between checks for work. */
  interval: 15_000,
  /** Milliseconds without a request that count as quiet. */
  quiet: 2000,
  /** Milliseconds to wait for quiet before working anyway. */
  maxWait: 300_000,
  /** Milliseconds between deletions. */
  deletion: 3_600_000,
}

const millisecondsPerDay = 86_400_000

/** By default, how many days a removed item can be restored. */
export const defaultKeptDays = 30

/** By default, how many days an abandoned upload is kept. */
export const defaultKeptUploadDays = 7

/** By default, how many days a page can be away and still catch up with the changes of others. */
const defaultKeptChangesDays = 1

type Options = {
  database: Database
  /** Whether it is the embedded database, which has no background processes. */
  isEmbedded: boolean
  /** How many days a removed item can be restored. */
  keepRemovedDays: number
  /** How many days a page can be away and still catch up with the changes of others. */
  keepChangesDays?: number
  /** How many days an abandoned upload is kept. */
  keepUploadsDays?: number
  /** Deletes the files of uploads that were abandoned before a date; resolves with their number. */
  deleteAbandoned?: (before: Date) => Promise<number>
  clock: Clock
  log: Log
  timing?: typeof defaultTiming
  wait?: typeof delay
}

/** The maintenance of the database while a server runs. */
export type Upkeep = {
  /** Call this when a request begins and when it ends. */
  noteRequest: () => void
  /** Stops the upkeep; resolves once nothing is running. */
  stop: () => Promise<void>
}

/**
 * Deletes items that were removed or abandoned long ago, and keeps the embedded database's files
 * from growing. It runs short statements in quiet moments, since the embedded database executes one
 * statement at a time. An idle server only checks for items to delete, once an hour.
 */
export function startUpkeep(options: Options): Upkeep {
  const { clock, log, timing = defaultTiming, wait = delay } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let requestedAt = Number.NEGATIVE_INFINITY
  let deletedAt = Number.NEGATIVE_INFINITY
  /** When the rows last changed, as far as the upkeep knows. */
  let usedAt = Number.NEGATIVE_INFINITY
  /** When the last round of chores began that did all of them. */
  let settledAt = Number.NEGATIVE_INFINITY

  /** Milliseconds until it has been quiet for long enough; none from the deadline on. */
  function timeToQuiet(deadline: number): number {
    const now = clock.now()
    return now < deadline ? Math.max(0, requestedAt + timing.quiet - now) : 0
  }

  async function waitForQuiet(): Promise<void> {
    const deadline = clock.now() + timing.maxWait
    while (!signal.aborted) {
      const remaining = timeToQuiet(deadline)
      if (remaining === 0) return
      await wait(remaining, signal)
    }
  }

  async function deleteOld(): Promise<void> {
    const startedAt = clock.now()
    if (startedAt - deletedAt < timing.deletion) return
    const before = daysBefore(startedAt, options.keepRemovedDays)
    await deleteInBatches(() => deleteRemoved(options.database, before))
    const { keepChangesDays = defaultKeptChangesDays } = options
    const lastKept = daysBefore(startedAt, keepChangesDays)
    await deleteInBatches(() => deleteOldChanges(options.database, lastKept))
    if (signal.aborted) return
    await deleteOldFiles(startedAt)
    deletedAt = startedAt
  }

  async function deleteInBatches(deleteBatch: () => Promise<number>): Promise<void> {
    for (let count = 1; count > 0; ) {
      await waitForQuiet()
      if (signal.aborted) return
      count = await deleteBatch()
      if (count > 0) usedAt = clock.now()
    }
  }

  async function deleteOldFiles(startedAt: number): Promise<void> {
    const { deleteAbandoned, keepUploadsDays = defaultKeptUploadDays } = options
    const files = (await deleteAbandoned?.(daysBefore(startedAt, keepUploadsDays))) ?? 0
    if (files > 0) log.info({ files, ms: clock.now() - startedAt }, 'deleted abandoned uploads')
  }

  /**
   * Runs each due chore once: urgent ones at once, also while the others wait for quiet. During a
   * long wait, one may become due again.
   */
  async function doChores(): Promise<void> {
    if (usedAt < settledAt) return
    const startedAt = clock.now()
    const deadline = startedAt + timing.maxWait
    const doneAt = new Map<string, number>()
    const isDone = (name: string) => {
      const at = doneAt.get(name)
      return at !== undefined && (clock.now() < at + timing.interval || clock.now() >= deadline)
    }
    const findNext = () => findNextChore(options.database, isDone)
    for (let chore = await findNext(); chore && !signal.aborted; chore = await findNext()) {
      const remaining = chore.isUrgent ? 0 : timeToQuiet(deadline)
      if (remaining > 0) await wait(remaining, signal)
      else {
        await doChore(chore)
        doneAt.set(chore.name, clock.now())
      }
    }
    settledAt = startedAt
  }

  async function doChore({ name, run }: Chore): Promise<void> {
    const startedAt = clock.now()
    await run()
    log.info({ chore: name, ms: clock.now() - startedAt }, 'upkeep')
  }

  async function repeat(task: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await wait(timing.interval, signal)
      try {
        if (!signal.aborted) await task()
      } catch (error) {
        log.warn({ error }, 'the database upkeep failed and will be retried')
      }
    }
  }

  // Apart from each other, so that a long deletion doesn't hold up the chores.
  const finished = Promise.all([repeat(deleteOld), options.isEmbedded && repeat(doChores)])
  return {
    noteRequest: () => {
      requestedAt = clock.now()
      usedAt = requestedAt
    },
    async stop() {
      stopping.abort()
      await finished
    },
  }
}

async function findNextChore(database: Database, isDone: (name: string) => boolean) {
  const due = (await listChores(database)).filter(({ name }) => !isDone(name))
  return due.find(({ isUrgent }) => isUrgent) ?? due[0]
}

const daysBefore = (now: number, days: number) => new Date(now - days * millisecondsPerDay)
