import type { QueryClient } from '@tanstack/react-query'
import { announceTab } from '#charts/live/announce-tab.ts'
import type { Workspace } from '../../features/videos/videos.actors.ts'
import { liveChannelName, thisTab } from './this-tab.ts'

/** Lets the chart page of another tab watch this one's actors. Until one asks, nothing of it is loaded. */
export function answerWatchers(workspace: Workspace, queryClient: QueryClient) {
  const channel = new BroadcastChannel(liveChannelName)
  const title = () => document.title
  announceTab({ channel, tab: thisTab, title, page: window, onAsked: () => void load() })

  async function load() {
    const { publishWorkspace } = await import('./publish-workspace.ts')
    publishWorkspace(workspace, queryClient, channel)
  }
}
