import type { QueryClient } from '@tanstack/react-query'
import { createBatchKeys } from '#client/lib/batch-keys.ts'
import { computeOnce } from '#client/lib/compute-once.ts'
import { ensureData } from '#client/lib/ensure-data.ts'
import type { Video } from '#contract/videos.ts'
import { videosQuery } from './api/list-videos.ts'
import { dispatchToVideos } from './dispatch-videos.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** The videos that were added to chapters before their lists had loaded, by chapter. */
const waitingVideos = new WeakMap<Authoring, Map<string, Video[]>>()

/**
 * Moves added videos after all others of their chapter, once its list has loaded. They are shown
 * and linked before that, at a place among those that the page knew.
 * @param videos as they were added
 */
export function moveToEndOnceListed(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
  videos: readonly Video[],
  random?: () => number,
) {
  const list = videosQuery(chapterId)
  if (queryClient.getQueryData(list.queryKey) !== undefined) return
  const chapters = computeOnce(waitingVideos, authoring, () => new Map<string, Video[]>())
  const waiting = chapters.get(chapterId)
  if (waiting) {
    waiting.push(...videos)
    return
  }
  const added = [...videos]
  chapters.set(chapterId, added)
  ensureData(queryClient, list)
    .then(
      () => moveToEnd(authoring, queryClient, chapterId, added, random),
      () => {
        // The chapter shows why its list is missing; the videos stay where they are.
      },
    )
    .finally(() => chapters.delete(chapterId))
}

/** Moves added videos to the end of their chapter, except those that were moved meanwhile. */
function moveToEnd(
  authoring: Authoring,
  queryClient: QueryClient,
  chapterId: string,
  added: readonly Video[],
  random: () => number = Math.random,
) {
  const rows = readShownVideos(authoring, queryClient, chapterId)
  const addedIds = new Set(added.map(({ id }) => id))
  const last = rows.findLast(({ id }) => !addedIds.has(id))
  const position = new Map(added.map((video) => [video.id, video.position]))
  const moved = rows.filter((row) => row.position === position.get(row.id))
  if (!last || moved.every((row) => row.position > last.position)) return
  const places = createBatchKeys(last.position, null, moved.length, random)
  dispatchToVideos(
    authoring,
    moved.map((video, index) => {
      const place = { chapterId, position: places[index] ?? '' }
      return { video, event: { type: 'video.move', place } }
    }),
  )
}
