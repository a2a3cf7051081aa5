import type { LiveNews, LiveSource } from './live.ts'

/** What tabs say to each other. Each tab has a name of its own, and hears only what others say. */
export type LiveMessage =
  | { kind: 'who' }
  | { kind: 'here'; tab: string; title: string }
  | { kind: 'closed'; tab: string }
  // A watcher goes by the name of its own tab.
  | { kind: 'watch'; tab: string; watcher: string }
  | { kind: 'leave'; tab: string; watcher: string }
  | { kind: 'news'; tab: string; watcher: string; news: LiveNews }

/** The part of a BroadcastChannel that is needed here. */
export interface Channel {
  postMessage: (message: LiveMessage) => void
  addEventListener: (type: 'message', listener: (event: { data: LiveMessage }) => void) => void
  removeEventListener: (type: 'message', listener: (event: { data: LiveMessage }) => void) => void
}

/**
 * In ms: so often a watcher says that it is still there, and after so long a silence it is taken for gone. The timers of
 * a hidden tab run once a minute.
 */
const stillThereEvery = 4_000
const goneAfter = 90_000

interface PublishOptions {
  channel: Channel
  tab: string
  title: () => string
  source: LiveSource
}

/** Tells other tabs of this one's actors, for as long as one of them watches. */
export function publish({ channel, tab, title, source }: PublishOptions): () => void {
  const watchers = new Map<string, { stop: () => void; timer: ReturnType<typeof setTimeout> }>()

  const drop = (watcher: string) => {
    clearTimeout(watchers.get(watcher)?.timer)
    watchers.get(watcher)?.stop()
    watchers.delete(watcher)
  }
  const serve = (watcher: string) => {
    const known = watchers.get(watcher)
    clearTimeout(known?.timer)
    const stop =
      known?.stop ??
      source.watch((news) => channel.postMessage({ kind: 'news', tab, watcher, news }))
    watchers.set(watcher, { stop, timer: setTimeout(() => drop(watcher), goneAfter) })
  }
  const onMessage = ({ data }: { data: LiveMessage }) => {
    if (data.kind === 'who') channel.postMessage({ kind: 'here', tab, title: title() })
    else if (data.kind === 'watch' && data.tab === tab) serve(data.watcher)
    else if (data.kind === 'leave' && data.tab === tab) drop(data.watcher)
    else if (data.kind === 'closed') drop(data.tab)
  }
  channel.addEventListener('message', onMessage)
  return () => {
    channel.removeEventListener('message', onMessage)
    for (const watcher of watchers.keys()) drop(watcher)
  }
}

interface TabListener {
  onTab: (tab: string, title: string) => void
  onClosed: (tab: string) => void
}

/** Asks which other tabs there are; they answer one by one, and say when they are closed. */
export function findTabs(channel: Channel, { onTab, onClosed }: TabListener): () => void {
  const onMessage = ({ data }: { data: LiveMessage }) => {
    if (data.kind === 'here') onTab(data.tab, data.title)
    else if (data.kind === 'closed') onClosed(data.tab)
  }
  channel.addEventListener('message', onMessage)
  channel.postMessage({ kind: 'who' })
  return () => channel.removeEventListener('message', onMessage)
}

/** The actors of another tab. */
export function createTabSource(channel: Channel, tab: string, watcher: string): LiveSource {
  return {
    watch: (onNews) => {
      const onMessage = ({ data }: { data: LiveMessage }) => {
        if (data.kind === 'news' && data.tab === tab && data.watcher === watcher) onNews(data.news)
        // It may have heard the question only as a reason to load its answer.
        else if (data.kind === 'here' && data.tab === tab) say()
      }
      const say = () => channel.postMessage({ kind: 'watch', tab, watcher })
      channel.addEventListener('message', onMessage)
      say()
      const timer = setInterval(say, stillThereEvery)
      return () => {
        clearInterval(timer)
        channel.removeEventListener('message', onMessage)
        channel.postMessage({ kind: 'leave', tab, watcher })
      }
    },
  }
}
