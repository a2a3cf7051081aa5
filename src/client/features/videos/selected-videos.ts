import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { shallow } from 'zustand/shallow'
import { throttle } from '#shared/throttle.ts'
import { useAuthoring, useChapterActors } from './authoring-context.tsx'
import type { ShownVideo } from './fold-videos.ts'
import { useSelection } from './selection.store.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'
import { subscribeToPending } from './visiting-videos.ts'

/** The selected rows of several chapters, in order. */
export function readSelected(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterIds: readonly string[],
): readonly ShownVideo[] {
  const { ids } = useSelection.getState()
  if (ids.size === 0) return none
  return chapterIds
    .flatMap((chapterId) => readShownVideos(authoring, queryClient, chapterId))
    .filter(({ id }) => ids.has(id))
}

/** How long the selection may lag behind reports and lists, in ms: the rows come first. */
const delay = 250

/** Like `readSelected`, but kept up to date. */
export function useSelected(chapterIds: readonly string[]): readonly ShownVideo[] {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const chapters = useChapterActors()
  const subscribe = useCallback(
    (notify: () => void) => {
      const notifySoon = throttle(notify, delay)
      const unsubscribes = [
        useSelection.subscribe(notify),
        queryClient.getQueryCache().subscribe(notifySoon),
        // Bulk changes to the selected rows show immediately.
        subscribeToPending(chapters, notifySoon, notify),
      ]
      return () => {
        notifySoon.cancel()
        for (const unsubscribe of unsubscribes) unsubscribe()
      }
    },
    [queryClient, chapters],
  )
  const read = useMemo(() => {
    let latest = none
    return () => {
      const selected = readSelected(authoring, queryClient, chapterIds)
      if (!isSame(selected, latest)) latest = selected
      return latest
    }
  }, [authoring, queryClient, chapterIds])
  return useSyncExternalStore(subscribe, read)
}

const none: readonly ShownVideo[] = []

const isSame = (a: readonly ShownVideo[], b: readonly ShownVideo[]) =>
  a.length === b.length && a.every((video, index) => shallow(video, b[index]))
