import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { computeOnce } from '#client/lib/compute-once.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { subscribeToLists, type VideoList } from './api/list-videos.ts'
import type { ShownVideo } from './fold-videos.ts'

/**
 * The rows of a chapter, without those that someone else has moved to another chapter, which shows
 * them. Lists arrive one by one. Until all have arrived, two lists can have the same video, and a
 * list that lacks one can't tell whether it was moved or removed. The latest version decides where
 * the video is.
 */
export function useWithoutMoved(chapterId: string, videos: ShownVideo[]): ShownVideo[] {
  const queryClient = useQueryClient()
  const subscribe = useCallback(
    (notify: () => void) => subscribeToLists(queryClient, notify),
    [queryClient],
  )
  const moved = useSyncExternalStore(subscribe, () =>
    findMovedOnce(queryClient, chapterId, videos).join(),
  )
  return useMemo(() => without(videos, moved === '' ? [] : moved.split(',')), [videos, moved])
}

/** Like `useWithoutMoved`, for an event handler. */
export const withoutMoved = (
  queryClient: QueryClient,
  chapterId: string,
  videos: ShownVideo[],
): ShownVideo[] => without(videos, findMovedOnce(queryClient, chapterId, videos))

const without = (videos: ShownVideo[], ids: readonly string[]) =>
  ids.length === 0 ? videos : videos.filter(({ id }) => !ids.includes(id))

type Index = ReadonlyMap<string, Listed>

/** Cached, since each render asks several times. An array of videos belongs to one chapter. */
const movedCache = new WeakMap<Index, WeakMap<readonly ShownVideo[], readonly string[]>>()

function findMovedOnce(
  queryClient: QueryClient,
  chapterId: string,
  videos: readonly ShownVideo[],
): readonly string[] {
  const newest = readNewest(queryClient)
  const byVideos = computeOnce(movedCache, newest, () => new WeakMap())
  return computeOnce(byVideos, videos, () => findMoved(newest, chapterId, videos))
}

function findMoved(newest: Index, chapterId: string, videos: readonly ShownVideo[]): string[] {
  return videos.flatMap(({ id, version, isMoving, isRemovedElsewhere }) => {
    const listed = newest.get(id)
    if (isMoving || !listed || listed.chapterId === chapterId) return []
    return listed.version > version || isRemovedElsewhere ? [id] : []
  })
}

interface Listed {
  chapterId: string
  version: number
}

const indexes = new WeakMap<QueryClient, () => Index>()

/** For each video, the chapter whose list has its latest version. */
const readNewest = (queryClient: QueryClient): Index =>
  computeOnce(indexes, queryClient, () => createIndex(queryClient))()

/**
 * Creates a reader that rebuilds the index only after a list has changed. It stays subscribed as
 * long as the query cache lives.
 */
function createIndex(queryClient: QueryClient) {
  let newest: Map<string, Listed> | null = null
  subscribeToLists(queryClient, () => {
    newest = null
  })
  return () => {
    newest ??= indexLists(queryClient)
    return newest
  }
}

function indexLists(queryClient: QueryClient): Map<string, Listed> {
  const newest = new Map<string, Listed>()
  const lists = queryClient.getQueriesData<VideoList>({ queryKey: queryKeys.videoLists })
  for (const { id, version, chapterId } of lists.flatMap(([, list]) => list?.videos ?? [])) {
    const latest = newest.get(id)
    if (!latest || latest.version < version) newest.set(id, { chapterId, version })
  }
  return newest
}
