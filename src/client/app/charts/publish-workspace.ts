import type { QueryClient } from '@tanstack/react-query'
import { createActorSource } from '#charts/live/actor-source.ts'
import { publish } from '#charts/live/live-channel.ts'
import type { Workspace } from '../../features/videos/videos.actors.ts'
import { createActorNames } from './actor-names.ts'
import { thisTab } from './this-tab.ts'

/** Tells other tabs of this tab's actors while they watch. */
export function publishWorkspace(
  workspace: Workspace,
  queryClient: QueryClient,
  channel: BroadcastChannel,
) {
  const source = createActorSource({ root: workspace, nameOf: createActorNames(queryClient) })
  const title = () => document.title
  publish({ channel, tab: thisTab, title, source })
  // The question that had this loaded was heard by nobody else here.
  channel.postMessage({ kind: 'here', tab: thisTab, title: title() })
}
