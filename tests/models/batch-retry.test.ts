import { expect, test } from 'vitest'
import { createBackend, createPage, mediaIds, type Page } from './races/page.ts'
import { createReplaySchedule } from './races/schedule.ts'

const lost = { kind: 'lost', refused: [], lines: 0, arrivesAfterAbort: false } as const
const step = 10
const maxBackoff = 500

test('a lost batch is retried as one batch, since its links back off together', async () => {
  const schedule = createReplaySchedule([])
  const backend = createBackend(schedule, { outcomes: [lost] })
  const page = createPage(schedule, backend, { randomSeed: 1 })
  const batches = new Map<string, readonly string[]>()
  const watch = () => recordBatches(page, batches)
  try {
    page.add(mediaIds.slice(-5))
    await schedule.runAll(watch)
    for (let passed = 0; passed < maxBackoff; passed += step) {
      page.passTime(step)
      await schedule.runAll(watch)
    }
    const [first, ...retries] = [...batches.values()]
    expect(first).toHaveLength(5)
    expect(retries).toEqual([first])
  } finally {
    page.close()
  }
})

function recordBatches(page: Page, batches: Map<string, readonly string[]>) {
  for (const { name, linkIds } of page.network.open) {
    if (linkIds.length > 0) batches.set(name, linkIds)
  }
}
