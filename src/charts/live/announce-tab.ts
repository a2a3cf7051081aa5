import type { Channel, LiveMessage } from './live-channel.ts'

interface Announcement {
  channel: Channel
  tab: string
  title: () => string
  /** The window, which tells when the page comes and goes. */
  page: EventTarget
  /** Called once, when a chart page first looks for tabs or asks for this one's actors. */
  onAsked: () => void
}

/** Tells the chart pages of other tabs that this one is there, and when it is closed. */
export function announceTab({ channel, tab, title, page, onAsked }: Announcement) {
  const sayHere = () => channel.postMessage({ kind: 'here', tab, title: title() })
  const onMessage = ({ data }: { data: LiveMessage }) => {
    if (!isQuestionFor(tab, data)) return
    channel.removeEventListener('message', onMessage)
    onAsked()
  }
  channel.addEventListener('message', onMessage)
  page.addEventListener('pagehide', () => channel.postMessage({ kind: 'closed', tab }))
  // The page has its title by then; and it may come back after it was left.
  page.addEventListener('pageshow', sayHere)
  sayHere()
}

function isQuestionFor(tab: string, message: LiveMessage): boolean {
  return message.kind === 'who' || (message.kind === 'watch' && message.tab === tab)
}
