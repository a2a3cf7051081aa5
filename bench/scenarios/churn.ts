import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Link } from '#contract/videos.ts'
import { createApp } from '#server/app.ts'
import { boot } from '#server/boot.ts'
import { appendVideoChanges, mapToKind } from '#server/db/change-log.ts'
import type { Database } from '#server/db/database.ts'
import { startUpkeep } from '#server/upkeep.ts'
import { defaultWorkspace } from '#server/workspace.ts'
import { createChapter, createLinks, linkBatch, type Send } from '../chapter.ts'
import { findPicks, type Library } from '../library.ts'
import {
  type Bench,
  compareTo,
  type Measurement,
  measureTime,
  type Scenario,
} from '../measurement.ts'

const count = 200
const batchesPerRound = 20
const defaultRounds = 30

// Removed rows and logged changes are deleted at once, and what takes a minute on a server takes
// seconds here.
const kept = { keepRemovedDays: 0, keepChangesDays: 0 }
const timing = { interval: 1000, quiet: 20, maxWait: 2000, deletion: 1000 }

/**
 * Links are made and removed without a pause: the folder must stop growing, and batches stay quick.
 * Since nothing is kept, this shows that the space of deleted rows is used again, and what the
 * upkeep costs; it does not show the size of a folder that keeps removed rows for days.
 */
export const churn: Scenario = {
  name: 'churn',
  title: `Batches of ${count} links that are made, removed and deleted for good, PGlite, in-process`,
  async run({ library, rounds }: Bench) {
    const roundCount = Math.max(4, rounds(defaultRounds))
    const without = await makeChurn(library, roundCount, false)
    const withUpkeep = await makeChurn(library, roundCount, true)
    const base: Measurement = { label: 'A batch, no upkeep', unit: 'ms', samples: without.batches }
    return [
      {
        label: 'Folder: end / middle, upkeep',
        unit: '×',
        samples: [withUpkeep.growth],
        target: { statistic: 'max', atMost: 1.1 },
        note: `from ${withUpkeep.sizes.join(' to ')} MB after ${roundCount * batchesPerRound * count} links`,
      },
      {
        label: 'Folder: end / middle, no upkeep',
        unit: '×',
        samples: [without.growth],
        note: `from ${without.sizes.join(' to ')} MB`,
      },
      base,
      compareTo(base, { label: 'A batch, upkeep', unit: 'ms', samples: withUpkeep.batches }),
      { label: 'A vacuum or checkpoint', unit: 'ms', samples: withUpkeep.chores },
    ]
  },
}

async function makeChurn(library: Library, rounds: number, hasUpkeep: boolean) {
  const folder = library.copy()
  const { dependencies, close } = await boot({ LECTERN_DATA: folder, LECTERN_LOG: 'silent' })
  const chores: number[] = []
  const log = {
    ...dependencies.log,
    info: (fields: object) => void ('ms' in fields && chores.push(Number(fields.ms))),
  }
  const upkeep = hasUpkeep
    ? startUpkeep({ ...dependencies, log, isEmbedded: true, ...kept, timing })
    : undefined
  const send: Send = createApp(dependencies).request
  const chapter = await createChapter(send)
  const batches: number[] = []
  const sizes: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (let batch = 0; batch < batchesPerRound; batch++) {
      upkeep?.noteRequest()
      const links = createLinks(findPicks(library, count))
      batches.push(await measureTime(() => linkBatch(send, chapter, links)))
      await removeVideos(dependencies.database, links)
      await nextTurn()
    }
    sizes.push(measureFolder(folder))
  }
  await upkeep?.stop()
  await close()
  const [first = 0, middle = 0, last = 0] = [sizes[0], sizes[Math.floor(rounds / 2)], sizes.at(-1)]
  return { batches, chores, growth: last / middle, sizes: [first, last].map(toMegabytes) }
}

/** Removes and logs them together: a request for each would take longer, and write the same. */
const removeVideos = (database: Database, videos: readonly Link[]) =>
  database.transaction(async (transaction) => {
    const ids = videos.map(({ id }) => id)
    await transaction.execute(
      sql`UPDATE linked_videos SET removed_at = now(), revision = revision + 1 WHERE id IN ${ids}`,
    )
    const author = { workspaceId: defaultWorkspace, page: undefined }
    await appendVideoChanges(transaction, author, mapToKind(ids, 'removed'))
  })

/** The size of all files in a folder, in bytes. */
export const measureFolder = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((total, { parentPath, name }) => total + statSync(path.join(parentPath, name)).size, 0)

const toMegabytes = (bytes: number) => Math.round(bytes / 1e6)
