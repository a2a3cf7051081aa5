import { v7 as uuidv7 } from 'uuid'
import { delay } from '#shared/delay.ts'
import { holdLock, noLocks } from './hold-lock.ts'
import { openChannel } from './open-channel.ts'

/** Identifies this tab, and names a lock that it holds until it closes, crashes or reloads. */
export const tabId = uuidv7()

const lockPrefix = 'lectern tab '
const lockName = (id: string) => lockPrefix + id

/** Acquires this tab's lock; resolves once it is held. */
export function holdTabLock(): Promise<void> {
  held ??= new Promise((resolve) => {
    const hold = () => {
      resolve()
      return new Promise<never>(() => {})
    }
    // A page that is being unloaded gets none, and needs none.
    holdLock(lockName(tabId), {}, hold).catch(() => {})
  })
  return held
}

let held: Promise<void> | undefined

/** A tab is gone if nobody holds its lock. */
const isTabGone = (id: string): Promise<boolean> =>
  holdLock(
    lockName(id),
    // Shared, so that concurrent checks don't mistake each other for the tab.
    { ifAvailable: true, mode: 'shared' },
    (lock) => lock !== null,
  )

/** Whether this tab can tell which others are open. It needs to hold its own lock. */
export const canFindGoneTabs = (): Promise<boolean> =>
  isTabGone(tabId).then(
    (isGone) => !isGone,
    () => false,
  )

/** Finds which of these tabs are gone. */
export async function findGoneTabs(ids: Iterable<string>): Promise<ReadonlySet<string>> {
  const gone = new Set<string>()
  for (const id of new Set(ids)) if (await isTabGone(id)) gone.add(id)
  return gone
}

/** Runs `run` in one tab at a time; other tabs wait for their turn. */
export const runExclusively = <Value>(name: string, run: () => Promise<Value>): Promise<Value> =>
  holdLock(`lectern ${name}`, {}, run)

/** How long a reloading tab has to resume its own work, in ms. */
const reloadTime = 3_000

/**
 * Acquires this tab's lock, so that the others can watch it, and watches theirs. Calls `act` for
 * each other tab that closes or crashes, after a delay in which a reloading tab can resume its own
 * work.
 */
export function watchOtherTabs(act: () => void, signal: AbortSignal): void {
  if (!navigator.locks) return
  const watched = new Set([tabId])
  const watch = async (id: string) => {
    if (watched.has(id)) return
    watched.add(id)
    const lock = await holdLock(lockName(id), { signal, mode: 'shared' }, (held) => held)
    if (lock === noLocks) return
    await delay(reloadTime, signal)
    if (!signal.aborted) act()
  }
  const watchUntilEnd = (id: string) => void watch(id).catch(ignoreAbort)
  const channel = openChannel('lectern-tabs')
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') watchUntilEnd(data)
  }
  // A tab that watched this one before it holds its lock would report it as closed, at most once.
  void holdTabLock().then(() => {
    if (!signal.aborted) channel.postMessage(tabId)
  })
  signal.addEventListener('abort', () => channel.close())
  void navigator.locks.query().then(
    ({ held = [] }) => {
      for (const { name = '' } of held) {
        if (name.startsWith(lockPrefix)) watchUntilEnd(name.slice(lockPrefix.length))
      }
    },
    // A page that is being unloaded has no locks, nor has one where the browser forbids them. Tabs
    // that open later announce themselves.
    () => {},
  )
}

function ignoreAbort(error: unknown) {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
}
