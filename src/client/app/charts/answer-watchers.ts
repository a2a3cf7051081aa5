import type { Workspace } from '../../features/videos/videos.actors.ts'
import { liveChannelName } from './this-tab.ts'

/** Lets the chart page of another tab watch this one's actors. Until one asks, nothing of it is loaded. */
export function answerWatchers(workspace: Workspace) {
  const channel = new BroadcastChannel(liveChannelName)
  channel.addEventListener('message', load, { once: true })

  async function load() {
    const { publishWorkspace } = await import('./publish-workspace.ts')
    publishWorkspace(workspace, channel)
  }
}
