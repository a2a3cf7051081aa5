import type { LiveSource, LiveUpdate } from './live.ts'

/**
 * The messages between tabs. Each tab has an id and receives only messages of other tabs. A
 * watcher's id is that of its own tab.
 */
export type LiveMessage =
  | { kind: 'discover' }
  | { kind: 'present'; tabId: string; title: string }
  | { kind: 'closed'; tabId: string }
  | { kind: 'watch'; tabId: string; watcherId: string }
  | { kind: 'unwatch'; tabId: string; watcherId: string }
  | { kind: 'update'; tabId: string; watcherId: string; update: LiveUpdate }

/** The part of BroadcastChannel that is used here. */
export interface Channel {
  postMessage: (message: LiveMessage) => void
  addEventListener: (type: 'message', listener: (event: { data: LiveMessage }) => void) => void
  removeEventListener: (type: 'message', listener: (event: { data: LiveMessage }) => void) => void
}

/** How often a watcher repeats its request, in ms. */
const heartbeatInterval = 4_000
/**
 * How long a watcher may be silent before it counts as gone, in ms. In a hidden tab, timers run
 * only once a minute.
 */
const watcherTimeout = 90_000

interface PublishOptions {
  channel: Channel
  tabId: string
  getTitle: () => string
  source: LiveSource
}

/** Publishes this tab's actors to every tab that watches them; returns a function to stop. */
export function publishActors({ channel, tabId, getTitle, source }: PublishOptions): () => void {
  const watchers = new Map<string, { stop: () => void; timer: ReturnType<typeof setTimeout> }>()

  const drop = (watcherId: string) => {
    clearTimeout(watchers.get(watcherId)?.timer)
    watchers.get(watcherId)?.stop()
    watchers.delete(watcherId)
  }
  const serve = (watcherId: string) => {
    const watcher = watchers.get(watcherId)
    clearTimeout(watcher?.timer)
    const stop =
      watcher?.stop ??
      source.watch((update) => channel.postMessage({ kind: 'update', tabId, watcherId, update }))
    watchers.set(watcherId, { stop, timer: setTimeout(() => drop(watcherId), watcherTimeout) })
  }
  const onMessage = ({ data }: { data: LiveMessage }) => {
    if (data.kind === 'discover') channel.postMessage({ kind: 'present', tabId, title: getTitle() })
    else if (data.kind === 'watch' && data.tabId === tabId) serve(data.watcherId)
    else if (data.kind === 'unwatch' && data.tabId === tabId) drop(data.watcherId)
    else if (data.kind === 'closed') drop(data.tabId)
  }
  channel.addEventListener('message', onMessage)
  return () => {
    channel.removeEventListener('message', onMessage)
    for (const watcherId of watchers.keys()) drop(watcherId)
  }
}

interface TabListener {
  onTab: (tabId: string, title: string) => void
  onClosed: (tabId: string) => void
}

/** Discovers other tabs and listens for tabs that open or close; returns a function to stop. */
export function discoverTabs(channel: Channel, { onTab, onClosed }: TabListener): () => void {
  const onMessage = ({ data }: { data: LiveMessage }) => {
    if (data.kind === 'present') onTab(data.tabId, data.title)
    else if (data.kind === 'closed') onClosed(data.tabId)
  }
  channel.addEventListener('message', onMessage)
  channel.postMessage({ kind: 'discover' })
  return () => channel.removeEventListener('message', onMessage)
}

/** Creates a source of another tab's actors. */
export function createTabSource(channel: Channel, tabId: string, watcherId: string): LiveSource {
  return {
    watch: (onUpdate) => {
      const request = () => channel.postMessage({ kind: 'watch', tabId, watcherId })
      const onMessage = ({ data }: { data: LiveMessage }) => {
        if (!('tabId' in data) || data.tabId !== tabId) return
        if (data.kind === 'update' && data.watcherId === watcherId) onUpdate(data.update)
        // The first request may only have made the tab load its publisher, so repeat it.
        else if (data.kind === 'present') request()
      }
      channel.addEventListener('message', onMessage)
      request()
      const timer = setInterval(request, heartbeatInterval)
      return () => {
        clearInterval(timer)
        channel.removeEventListener('message', onMessage)
        channel.postMessage({ kind: 'unwatch', tabId, watcherId })
      }
    },
  }
}
