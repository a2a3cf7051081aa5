import type { QueryClient } from '@tanstack/react-query'
import { nextLogicalTime } from '#client/lib/logical-time.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchUnfinished } from '#client/lib/refetch.ts'
import type { Change } from '#contract/changes.ts'
import type { Video } from '#contract/videos.ts'
import { comparePlaces } from '#shared/compare-places.ts'
import type { VideoList } from './api/list-videos.ts'

export type VideoChange = Extract<Change, { entity: 'video' }>

/**
 * Applies the server's change events to the cached lists. A video added here is put into its list
 * by the response to its request, never by its own event.
 * @param isOwn whether this page made the change
 * @returns the ids of the videos changed by others, where a cached list was updated
 */
export function applyVideoChanges(
  queryClient: QueryClient,
  changes: readonly VideoChange[],
  isOwn: (change: VideoChange) => boolean,
): ReadonlySet<string> {
  const changed = new Set<string>()
  const others = changes.filter((change) => !isOwn(change))
  const lists = queryClient.getQueryCache().findAll({ queryKey: queryKeys.videoLists })
  for (const { queryKey, state } of lists) {
    const chapterId = String(queryKey[1])
    const list = state.data as VideoList | undefined
    const patched = list && patchList(list, chapterId, changes, isOwn)
    if (patched && patched.list !== list) {
      queryClient.setQueryData(queryKey, patched.list, { updatedAt: state.dataUpdatedAt })
    }
    for (const id of patched?.changed ?? []) changed.add(id)
    const mayContain = (id: string) =>
      list === undefined || list.videos.some((video) => video.id === id)
    if (others.some(({ id, row }) => row?.chapterId === chapterId || mayContain(id))) {
      refetchUnfinished(queryClient, queryKey)
    }
  }
  return changed
}

/** Applies changes to a list; returns the same list object if they change nothing. */
export function patchList(
  list: VideoList,
  chapterId: string,
  changes: readonly VideoChange[],
  isOwn: (change: VideoChange) => boolean,
): { list: VideoList; changed: ReadonlySet<string> } {
  const byId = new Map(list.videos.map((video) => [video.id, video]))
  const changed = new Set<string>()
  let { requestedAt } = list
  let isPatched = false
  for (const change of changes) {
    const { id, row, version } = change
    const listed = byId.get(id)
    const isHere = row?.chapterId === chapterId
    const isApplicable = isHere
      ? isLater(row, listed) && !(isOwn(change) && !listed)
      : listed !== undefined && listed.version <= version
    if (!isApplicable) continue
    isPatched = true
    if (isHere) byId.set(id, row)
    else {
      byId.delete(id)
      // The fold compares this time, since an actor may still know the row from before the change.
      requestedAt = nextLogicalTime()
    }
    if (!isOwn(change)) changed.add(id)
  }
  if (!isPatched) return { list, changed }
  return { list: { videos: [...byId.values()].sort(comparePlaces), requestedAt }, changed }
}

/**
 * Whether a row is newer than the listed one. Undoing a removal and replacing the asset's file
 * leave the version as it is.
 */
const isLater = (row: Video, listed: Video | undefined): boolean =>
  !listed ||
  row.version > listed.version ||
  (row.version === listed.version &&
    (row.revision > listed.revision ||
      (row.revision === listed.revision && row.durationSeconds !== listed.durationSeconds)))
