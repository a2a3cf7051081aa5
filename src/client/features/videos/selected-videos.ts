import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { shallow } from 'zustand/shallow'
import { throttle } from '#shared/throttle.ts'
import { subscribeToChapters, useAuthoring, useChapterActors } from './authoring-context.tsx'
import type { ShownVideo } from './fold-videos.ts'
import { useSelection } from './selection.store.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** The rows of several chapters that are selected, in order. */
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

/** How long a report or a list may take to be counted, in ms: the rows come first. */
const delay = 250

/** The same, for as long as they are shown. */
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
        // What is done to the rows that are selected shows at once.
        subscribeToChapters(chapters, notifySoon, notify),
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

const isSame = (one: readonly ShownVideo[], other: readonly ShownVideo[]) =>
  one.length === other.length && one.every((video, index) => shallow(video, other[index]))
