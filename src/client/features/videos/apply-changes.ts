import type { QueryClient } from '@tanstack/react-query'
import { logicalTime } from '#client/lib/logical-time.ts'
import { queryKeys } from '#client/lib/query-keys.ts'
import { refetchUnfinished } from '#client/lib/refetch-unfinished.ts'
import type { Change } from '#contract/changes.ts'
import type { Video } from '#contract/videos.ts'
import type { VideoList } from './api/list-videos.ts'
import { compareOrder } from './fold-videos.ts'

export type VideoChange = Extract<Change, { entity: 'video' }>

/**
 * Applies changes that the server tells of to the lists that the page has. Those of the page itself
 * find their rows as they are: only an answer adds one.
 * @param isOwn whether this page has made a change
 * @returns the ids of the videos that others have changed, as far as a list shows it
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
    const isKnown = (id: string) => list === undefined || list.videos.some((one) => one.id === id)
    if (others.some(({ id, row }) => row?.chapterId === chapterId || isKnown(id))) {
      refetchUnfinished(queryClient, queryKey)
    }
  }
  return changed
}

/** Applies changes to a list; it is the same object if they change nothing. */
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
    const known = byId.get(id)
    const isHere = row?.chapterId === chapterId
    const isNews = isHere
      ? isLater(row, known) && !(isOwn(change) && !known)
      : known !== undefined && known.version <= version
    if (!isNews) continue
    isPatched = true
    if (isHere) byId.set(id, row)
    else {
      byId.delete(id)
      // The fold goes by it: a process may still know the row, from before the change.
      requestedAt = logicalTime()
    }
    if (!isOwn(change)) changed.add(id)
  }
  if (!isPatched) return { list, changed }
  return { list: { videos: [...byId.values()].sort(compareOrder), requestedAt }, changed }
}

/**
 * Whether a row is from after another one. A removal that was undone, and another file of the asset,
 * leave the version as it was.
 */
const isLater = (row: Video, known: Video | undefined): boolean =>
  !known ||
  row.version > known.version ||
  (row.version === known.version &&
    (row.revision > known.revision ||
      (row.revision === known.revision && row.durationSeconds !== known.durationSeconds)))
