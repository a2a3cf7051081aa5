import type { eventsRepository } from './events.repository.ts'

type Repository = ReturnType<typeof eventsRepository>

export type SharedReads = ReturnType<typeof shareReads>

/** An event of a stream: a change, or where the stream continues. */
type LogEvent = { name: 'start' | 'reset' | 'change'; id: number; data: object }

/** How many pages of the log are cached for streams that reach the same position. */
const maxPages = 20

/**
 * Reads the log for many streams. Those that wait at the same position are woken together and would
 * all read the same: the first one reads it for the others.
 */
export function shareReads(repository: Repository, workspaceId: string) {
  const pages = new Map<number, Promise<readonly LogEvent[]>>()

  async function readPage(position: number): Promise<readonly LogEvent[]> {
    const page = readEvents(repository, workspaceId, position)
    pages.set(position, page)
    const oldest = pages.size > maxPages ? pages.keys().next().value : undefined
    if (oldest !== undefined) pages.delete(oldest)
    const events = await page.finally(() => {
      // The end of the log will grow, and a failed read is retried.
      if (pages.get(position) === page) pages.delete(position)
    })
    // The log only grows, so that a page with changes stays valid.
    if (events[0]?.name === 'change') pages.set(position, page)
    return events
  }

  return {
    /** Where a reader that has read up to a number starts; by default, at the newest change. */
    findStart: (after: number | undefined): Promise<LogEvent> => findStart(repository, after),

    /** The next changes after a number, in order, if any. All readers get the same array. */
    readAfter: (position: number): Promise<readonly LogEvent[]> =>
      pages.get(position) ?? readPage(position),
  }
}

async function findStart(repository: Repository, after: number | undefined): Promise<LogEvent> {
  const { oldest, newest } = await repository.findRange()
  if (after === undefined) return placeEvent('start', newest)
  const isInLog = after >= oldest && after <= newest
  return isInLog ? placeEvent('start', after) : placeEvent('reset', newest)
}

/** Reads the next changes, or a reset if some of those that a reader lacks were deleted. */
async function readEvents(
  repository: Repository,
  workspaceId: string,
  position: number,
): Promise<LogEvent[]> {
  const changes = await repository.listAfter(workspaceId, position)
  if (changes.length === 0) return []
  // Read afterwards, so that a deletion in between is noticed.
  const { oldest, newest } = await repository.findRange()
  if (position > 0 && position < oldest) return [placeEvent('reset', newest)]
  return changes.map((change) => ({ name: 'change' as const, id: change.sequence, data: change }))
}

const placeEvent = (name: 'start' | 'reset', sequence: number) => ({
  name,
  id: sequence,
  data: { sequence },
})
