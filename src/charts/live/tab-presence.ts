import type { Channel, LiveMessage } from './live-channel.ts'

interface PresenceOptions {
  channel: Channel
  tabId: string
  getTitle: () => string
  /** The window, which fires `pageshow` and `pagehide`. */
  page: EventTarget
  /** Called once, when another tab first discovers tabs or asks for this one's actors. */
  onRequest: () => void
}

/** Announces this tab to the chart pages of other tabs when it opens and when it closes. */
export function announcePresence({ channel, tabId, getTitle, page, onRequest }: PresenceOptions) {
  const announce = () => channel.postMessage({ kind: 'present', tabId, title: getTitle() })
  const onMessage = ({ data }: { data: LiveMessage }) => {
    if (!isRequestFor(tabId, data)) return
    channel.removeEventListener('message', onMessage)
    onRequest()
  }
  channel.addEventListener('message', onMessage)
  page.addEventListener('pagehide', () => channel.postMessage({ kind: 'closed', tabId }))
  // By then the page has its title. Also fires when it returns from the back/forward cache.
  page.addEventListener('pageshow', announce)
  announce()
}

function isRequestFor(tabId: string, message: LiveMessage): boolean {
  return message.kind === 'discover' || (message.kind === 'watch' && message.tabId === tabId)
}
