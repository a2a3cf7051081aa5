import type { eventsRepository } from './events.repository.ts'

type Repository = ReturnType<typeof eventsRepository>

export type SharedReads = ReturnType<typeof shareReads>

/** What a stream tells: a change, or where it goes on. */
type LogEvent = { name: 'start' | 'reset' | 'change'; id: number; data: object }

/** How many pages of the log are kept for those who come to the same place. */
const maxPages = 20

/**
 * Reads the log for many at once. All who wait at the same place are woken together, and would all
 * read the same: the first does it for them.
 */
export function shareReads(repository: Repository, workspaceId: string) {
  const pages = new Map<number, Promise<readonly LogEvent[]>>()

  async function readPage(position: number): Promise<readonly LogEvent[]> {
    const page = readEvents(repository, workspaceId, position)
    pages.set(position, page)
    const oldest = pages.size > maxPages ? pages.keys().next().value : undefined
    if (oldest !== undefined) pages.delete(oldest)
    const events = await page.finally(() => {
      // What comes after the newest change is not known yet, and a failure is tried again.
      if (pages.get(position) === page) pages.delete(position)
    })
    // The log only grows: what came after a change once always does.
    if (events[0]?.name === 'change') pages.set(position, page)
    return events
  }

  return {
    /** Where a reader begins that has read up to a number; without one, with the newest change. */
    findStart: (after: number | undefined): Promise<LogEvent> => findStart(repository, after),

    /** The next changes after a number, in order, the same array for all; empty if there are none. */
    readAfter: (position: number): Promise<readonly LogEvent[]> =>
      pages.get(position) ?? readPage(position),
  }
}

async function findStart(repository: Repository, after: number | undefined): Promise<LogEvent> {
  const { oldest, newest } = await repository.findRange()
  if (after === undefined) return placeEvent('start', newest)
  const isKnown = after >= oldest && after <= newest
  return isKnown ? placeEvent('start', after) : placeEvent('reset', newest)
}

/** Reads the next changes, or where to go on for a reader that some were deleted before. */
async function readEvents(
  repository: Repository,
  workspaceId: string,
  position: number,
): Promise<LogEvent[]> {
  const changes = await repository.listAfter(workspaceId, position)
  if (changes.length === 0) return []
  // Asked for afterwards, so that no change is deleted unnoticed in between.
  const { oldest, newest } = await repository.findRange()
  if (position > 0 && position < oldest) return [placeEvent('reset', newest)]
  return changes.map((change) => ({ name: 'change' as const, id: change.sequence, data: change }))
}

const placeEvent = (name: 'start' | 'reset', sequence: number) => ({
  name,
  id: sequence,
  data: { sequence },
})
