import { v7 as uuidv7 } from 'uuid'
import { delay } from '#shared/delay.ts'

/** The id of this tab, and a lock that it holds until it is closed, crashes or is reloaded. */
export const tabId = uuidv7()

const lockPrefix = 'lectern tab '
const lockName = (id: string) => lockPrefix + id

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

/** How long a tab that is reloaded has to go on by itself, in ms. */
const reloadTime = 3_000

/** Calls `act` for each other tab that is closed or crashes, unless it is soon there again. */
export function watchOtherTabs(act: () => void, signal: AbortSignal): void {
  if (!navigator.locks) return
  const watched = new Set([tabId])
  const watch = async (id: string) => {
    if (watched.has(id)) return
    watched.add(id)
    await navigator.locks.request(lockName(id), { signal }, () => {})
    await delay(reloadTime, signal)
    if (!signal.aborted) act()
  }
  const watchUntilEnd = (id: string) => void watch(id).catch(ignoreAbort)
  const channel = new BroadcastChannel('lectern-tabs')
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') watchUntilEnd(data)
  }
  channel.postMessage(tabId)
  signal.addEventListener('abort', () => channel.close())
  void navigator.locks.query().then(
    ({ held = [] }) => {
      for (const { name = '' } of held) {
        if (name.startsWith(lockPrefix)) watchUntilEnd(name.slice(lockPrefix.length))
      }
    },
    // A page that is being left has no locks. Those that are opened later tell of themselves.
    () => {},
  )
}

function ignoreAbort(error: unknown) {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
}
