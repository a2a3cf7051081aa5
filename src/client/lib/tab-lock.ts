import { v7 as uuidv7 } from 'uuid'

/** The id of this tab, and a lock that it holds until it is closed, crashes or is reloaded. */
export const tabId = uuidv7()

const lockName = (id: string) => `lectern tab ${id}`

/** Holds this tab's lock. A browser without locks is taken for one with a single tab. */
export function holdTabLock(): void {
  if (isHeld) return
  isHeld = true
  void navigator.locks?.request(lockName(tabId), () => new Promise(() => {}))
}

let isHeld = false

/** Nobody holds its lock. */
async function isTabGone(id: string): Promise<boolean> {
  if (!navigator.locks) return true
  return navigator.locks.request(lockName(id), { ifAvailable: true }, (lock) => lock !== null)
}

/** Those of some tabs that are gone. */
export async function findGoneTabs(ids: Iterable<string>): Promise<ReadonlySet<string>> {
  const gone = new Set<string>()
  for (const id of new Set(ids)) if (await isTabGone(id)) gone.add(id)
  return gone
}

/** Runs one after another what tabs must not do at the same time. */
export async function oneTabAtATime<Value>(
  name: string,
  run: () => Promise<Value>,
): Promise<Value> {
  if (!navigator.locks) return run()
  return navigator.locks.request(`lectern ${name}`, run) as Promise<Value>
}
