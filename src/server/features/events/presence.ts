import { type Presence, presenceLifetime, presenceSchema } from '#contract/presence.ts'
import type { Broadcast } from '../../db/database.ts'
import type { Clock } from '../../dependencies.ts'

/** What a page said, in the order of this server. */
type Said = Presence & { number: number; saidAt: number }

export type PresenceBoard = ReturnType<typeof createPresenceBoard>

/**
 * Keeps what each page said last of what is being edited on it, whichever server it told. It is in
 * no database: it holds for some seconds, and pages say it again.
 */
export function createPresenceBoard(broadcast: Broadcast | undefined, clock: Clock) {
  const pages = new Map<string, Said>()
  const readers = new Set<() => void>()
  let newest = 0

  function hear(text: string) {
    const presence = parsePresence(text)
    if (!presence) return
    const now = clock.now()
    for (const [page, { saidAt }] of pages) {
      if (now - saidAt > presenceLifetime) pages.delete(page)
    }
    newest += 1
    pages.set(presence.page, { ...presence, number: newest, saidAt: now })
    for (const wake of [...readers]) wake()
  }

  return {
    /** Tells what is being edited on a page, to this server and all others. */
    tell: async (presence: Presence) => broadcast?.send(JSON.stringify(presence)),

    /** Calls back when a page has said something; returns how to stop that. */
    subscribe(wake: () => void): () => void {
      readers.add(wake)
      // Once, however often it is subscribed; if it could not listen, it tries again.
      broadcast?.subscribe(hear)
      return () => readers.delete(wake)
    },

    /** What pages have said since a number, and still holds; 0 is for all. */
    readAfter(number: number): { newest: number; presences: Presence[] } {
      const now = clock.now()
      const presences = [...pages.values()]
        .filter((said) => said.number > number && now - said.saidAt <= presenceLifetime)
        .map(({ page, ids }) => ({ page, ids }))
      return { newest, presences }
    },
  }
}

/** A server of another version may say what this one does not know. */
function parsePresence(text: string): Presence | undefined {
  try {
    return presenceSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
