import type { QueryClient } from '@tanstack/react-query'
import { v7 as uuidv7 } from 'uuid'
import type { AnyActorRef } from 'xstate'
import { announcePresence } from '#charts/live/tab-presence.ts'
import { openChannel } from '../../lib/open-channel.ts'

/** The BroadcastChannel between the app's tabs and their chart pages. */
export const liveChannelName = 'lectern.live'

/** The id of this tab on the channel. */
export const thisTabId = uuidv7()

const retryDelay = 5_000

export const loadPublisher = () => import('./publish-tab.ts')

/**
 * Lets chart pages in other tabs watch this tab's actors; loads the publisher on the first request.
 */
export function shareActors(root: AnyActorRef, queryClient: QueryClient) {
  const channel = openChannel(liveChannelName)
  const options = { channel, tabId: thisTabId, getTitle: () => document.title }
  announcePresence({ ...options, page: window, onRequest: () => void startPublishing() })

  async function startPublishing() {
    try {
      const { publishTab } = await loadPublisher()
      publishTab({ ...options, root, queryClient })
    } catch {
      setTimeout(startPublishing, retryDelay)
    }
  }
}
