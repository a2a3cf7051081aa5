import type { Page } from './page.ts'

declare global {
  interface Window {
    /** The active states of each video's actor at each step, by filename. */
    liveStates?: Record<string, string[][]>
  }
}

/** Starts watching the page's actors, as the chart view of another tab does. */
export const watchActors = (page: Page) => page.evaluate(recordLiveStates)

/** Reads the active states of a video's actor at each step since `watchActors`. */
export const readLiveStates = (page: Page, video: string) =>
  page.evaluate((name) => window.liveStates?.[name] ?? [], video)

function recordLiveStates() {
  const channel = new BroadcastChannel('lectern.live')
  const watcherId = 'engine test'
  const names = new Map<string, string>()
  const states: Record<string, string[][]> = {}
  window.liveStates = states
  const record = (actorId: string, active: string[]) => {
    const name = names.get(actorId)
    if (name === undefined) return
    states[name] ??= []
    states[name].push(active)
  }
  channel.addEventListener('message', ({ data }) => {
    if (data.kind === 'present') {
      const watch = () => channel.postMessage({ kind: 'watch', tabId: data.tabId, watcherId })
      watch()
      setInterval(watch, 4_000)
    }
    if (data.kind !== 'update' || data.watcherId !== watcherId) return
    const { actors, steps } = data.update
    for (const { id, name, machineId } of actors) if (machineId === 'video') names.set(id, name)
    for (const { actorId, active } of steps) record(actorId, active)
    for (const { id, active } of actors) record(id, active)
  })
  channel.postMessage({ kind: 'discover' })
}
