import { v7 as uuidv7 } from 'uuid'
import { delay } from '#shared/delay.ts'

/** Identifies this tab, and names a lock that it holds until it closes, crashes or reloads. */
export const tabId = uuidv7()

const lockPrefix = 'lectern tab '
const lockName = (id: string) => lockPrefix + id

/** Acquires this tab's lock. Without the Web Locks API, Lectern assumes a single tab. */
export function holdTabLock(): void {
  if (isHeld) return
  isHeld = true
  void navigator.locks?.request(lockName(tabId), () => new Promise(() => {}))
}

let isHeld = false

/** A tab is gone if nobody holds its lock. */
async function isTabGone(id: string): Promise<boolean> {
  if (!navigator.locks) return true
  return navigator.locks.request(
    lockName(id),
    // Shared, so that two that ask at once don’t take each other for the tab.
    { ifAvailable: true, mode: 'shared' },
    (lock) => lock !== null,
  )
}

/** Finds which of these tabs are gone. */
export async function findGoneTabs(ids: Iterable<string>): Promise<ReadonlySet<string>> {
  const gone = new Set<string>()
  for (const id of new Set(ids)) if (await isTabGone(id)) gone.add(id)
  return gone
}

/** Runs `run` in one tab at a time; other tabs wait for their turn. */
export async function oneTabAtATime<Value>(
  name: string,
  run: () => Promise<Value>,
): Promise<Value> {
  if (!navigator.locks) return run()
  return navigator.locks.request(`lectern ${name}`, run) as Promise<Value>
}

/** How long a reloading tab has to resume its own work, in ms. */
const reloadTime = 3_000

/**
 * Calls `act` for each other tab that closes or crashes, after a delay in which a reloading tab can
 * resume its own work.
 */
export function watchOtherTabs(act: () => void, signal: AbortSignal): void {
  if (!navigator.locks) return
  const watched = new Set([tabId])
  const watch = async (id: string) => {
    if (watched.has(id)) return
    watched.add(id)
    await navigator.locks.request(lockName(id), { signal, mode: 'shared' }, () => {})
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
    // A page that is being unloaded has no locks. Tabs that open later announce themselves.
    () => {},
  )
}

function ignoreAbort(error: unknown) {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
}
