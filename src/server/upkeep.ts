import { delay } from '#shared/delay.ts'
import { deleteOldChanges } from './db/change-log.ts'
import type { Database } from './db/database.ts'
import { listChores } from './db/embedded-files.ts'
import { deleteRemoved } from './db/removed-rows.ts'
import type { Clock, Log } from './dependencies.ts'

const defaultTiming = {
  /** Milliseconds between two looks at what is to be done. */
  interval: 15_000,
  /** Milliseconds without a request that count as quiet. */
  quiet: 2000,
  /** Milliseconds to wait for quiet before something is done anyway. */
  maxWait: 300_000,
  /** Milliseconds between two looks for what to delete. */
  deletion: 3_600_000,
}

const millisecondsPerDay = 86_400_000

/** How many days what was removed can be restored, unless a setting says otherwise. */
export const defaultKeptDays = 30

/** How many days an upload that nobody goes on with is kept, unless a setting says otherwise. */
export const defaultKeptUploadDays = 7

/** How many days a page may be away, and still catch up with the changes of others. */
const keptChangesDays = 1

type Options = {
  database: Database
  /** Whether it is the embedded one, which has no background processes of its own. */
  isEmbedded: boolean
  /** How many days what was removed can be restored. */
  keepRemovedDays: number
  /** How many days an upload that nobody goes on with is kept. */
  keepUploadsDays?: number
  /** Deletes the files of uploads that were abandoned before a date, and tells how many. */
  deleteAbandoned?: (before: Date) => Promise<number>
  clock: Clock
  log: Log
  timing?: typeof defaultTiming
  wait?: typeof delay
}

/** Looks after the database while a server runs. */
export type Upkeep = {
  /** To be called when a request begins and when it ends. */
  noteRequest: () => void
  /** Resolves once nothing runs any more. */
  stop: () => Promise<void>
}

/**
 * Deletes what was removed or abandoned long ago, and keeps the embedded database's files from
 * growing. It works by short statements in quiet moments, since the embedded database runs one
 * statement at a time. A server that nobody uses only looks for what to delete, once an hour.
 */
export function startUpkeep(options: Options): Upkeep {
  const { clock, log, timing = defaultTiming, wait = delay } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let requestedAt = Number.NEGATIVE_INFINITY
  let deletedAt = Number.NEGATIVE_INFINITY

  async function waitForQuiet(): Promise<void> {
    const deadline = clock.now() + timing.maxWait
    while (!signal.aborted && clock.now() < deadline) {
      const rest = requestedAt + timing.quiet - clock.now()
      if (rest <= 0) return
      await wait(rest, signal)
    }
  }

  async function deleteOld(): Promise<void> {
    const startedAt = clock.now()
    if (startedAt - deletedAt < timing.deletion) return
    const before = daysBefore(startedAt, options.keepRemovedDays)
    await deleteByParts(() => deleteRemoved(options.database, before))
    const yesterday = daysBefore(startedAt, keptChangesDays)
    await deleteByParts(() => deleteOldChanges(options.database, yesterday))
    if (signal.aborted) return
    await deleteOldFiles(startedAt)
    deletedAt = startedAt
  }

  async function deleteByParts(deleteSome: () => Promise<number>): Promise<void> {
    for (let count = 1; count > 0; ) {
      await waitForQuiet()
      if (signal.aborted) return
      count = await deleteSome()
    }
  }

  async function deleteOldFiles(startedAt: number): Promise<void> {
    const { deleteAbandoned, keepUploadsDays = defaultKeptUploadDays } = options
    const files = (await deleteAbandoned?.(daysBefore(startedAt, keepUploadsDays))) ?? 0
    if (files > 0) log.info({ files, ms: clock.now() - startedAt }, 'deleted abandoned uploads')
  }

  async function doChores(): Promise<void> {
    for (const { name, isUrgent, run } of await listChores(options.database)) {
      if (!isUrgent) await waitForQuiet()
      if (signal.aborted) return
      const startedAt = clock.now()
      await run()
      log.info({ chore: name, ms: clock.now() - startedAt }, 'upkeep')
    }
  }

  async function lookAfter(): Promise<void> {
    let lookedAt = Number.NEGATIVE_INFINITY
    while (!signal.aborted) {
      await wait(timing.interval, signal)
      try {
        if (!signal.aborted) await deleteOld()
        const isUsed = requestedAt > lookedAt || deletedAt > lookedAt
        lookedAt = clock.now()
        if (options.isEmbedded && isUsed && !signal.aborted) await doChores()
      } catch (error) {
        log.warn({ error }, 'the upkeep of the database failed, and is tried again')
      }
    }
  }

  const ended = lookAfter()
  return {
    noteRequest: () => {
      requestedAt = clock.now()
    },
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

const daysBefore = (now: number, days: number) => new Date(now - days * millisecondsPerDay)
