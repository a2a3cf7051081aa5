import { type Presence, presenceLifetime, presenceSchema } from '#contract/presence.ts'
import type { Broadcast } from '../../db/database.ts'
import type { Clock } from '../../dependencies.ts'

/** What a page reported; `number` counts the reports that this server has received. */
type Report = Presence & { number: number; receivedAt: number }

export type PresenceBoard = ReturnType<typeof createPresenceBoard>

/**
 * Keeps each page's latest report of what is being edited on it, from whichever server. Reports are
 * not in the database: they expire after some seconds, and pages repeat them.
 */
export function createPresenceBoard(broadcast: Broadcast | undefined, clock: Clock) {
  const pages = new Map<string, Report>()
  const readers = new Set<() => void>()
  let newest = 0

  function receive(text: string) {
    const presence = parsePresence(text)
    if (!presence) return
    const now = clock.now()
    for (const [page, { receivedAt }] of pages) {
      if (now - receivedAt > presenceLifetime) pages.delete(page)
    }
    newest += 1
    pages.set(presence.page, { ...presence, number: newest, receivedAt: now })
    for (const wake of [...readers]) wake()
  }

  return {
    /** Broadcasts what is being edited on a page to all servers, including this one. */
    tell: async (presence: Presence) => broadcast?.send(JSON.stringify(presence)),

    /** Calls back when a page has reported something; returns a function that unsubscribes. */
    subscribe(wake: () => void): () => void {
      readers.add(wake)
      // The same function is subscribed once. Subscribing it again retries if listening failed.
      broadcast?.subscribe(receive)
      return () => readers.delete(wake)
    },

    /** Returns the reports after a number that have not expired; 0 is for all. */
    readAfter(number: number): { newest: number; presences: Presence[] } {
      const now = clock.now()
      const presences = [...pages.values()]
        .filter((report) => report.number > number && now - report.receivedAt <= presenceLifetime)
        .map(({ page, ids }) => ({ page, ids }))
      return { newest, presences }
    },
  }
}

/** Ignores what this version does not understand: a server of another version may send it. */
function parsePresence(text: string): Presence | undefined {
  try {
    return presenceSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
