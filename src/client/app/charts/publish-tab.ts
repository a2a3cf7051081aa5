import type { QueryClient } from '@tanstack/react-query'
import type { AnyActorRef } from 'xstate'
import { createActorSource } from '#charts/live/actor-source.ts'
import { publishActors } from '#charts/live/live-channel.ts'
import type { Channel } from '../../lib/open-channel.ts'
import { createActorNames } from './actor-names.ts'

interface PublishTabOptions {
  channel: Channel
  tabId: string
  getTitle: () => string
  root: AnyActorRef
  queryClient: QueryClient
}

/** Publishes this tab's actors to the tabs that watch them. */
export function publishTab({ channel, tabId, getTitle, root, queryClient }: PublishTabOptions) {
  const source = createActorSource({ root, getName: createActorNames(queryClient) })
  publishActors({ channel, tabId, getTitle, source })
  // The request that loaded this module went unanswered. Watchers repeat it for a tab that appears.
  channel.postMessage({ kind: 'present', tabId, title: getTitle() })
}
