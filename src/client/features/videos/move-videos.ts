import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createBatchKeys } from '#client/lib/batch-keys.ts'
import { makeChange, readChanges } from '#client/lib/changes.ts'
import { ensureData } from '#client/lib/ensure-data.ts'
import type { MadeChange } from '#client/lib/made-changes.ts'
import type { Video } from '#contract/videos.ts'
import type { Place } from '#machines/video.context.ts'
import { videosQuery } from './api/list-videos.ts'
import { findRowBefore } from './arrange-rows.ts'
import { useAuthoring } from './authoring-context.tsx'
import { changePlaces } from './change-videos.ts'
import type { ShownVideo } from './fold-videos.ts'
import { readAllShownVideos, readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** Where to move videos: after a video of a chapter, or to its start or end. */
export interface MoveTarget {
  chapterId: string
  /**
   * `null` for the start, omitted for the end. If that video is itself being moved, the one before
   * it counts.
   */
  after?: string | null
}

/** Moves videos to the start or the end of a chapter. */
export function useMoveVideos() {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return (videos: readonly Video[], chapterId: string, end: 'start' | 'end') => {
    const target = end === 'end' ? { chapterId } : { chapterId, after: null }
    moveVideos(authoring, queryClient, videos, target)
  }
}

/**
 * Moves videos to a place, together and in the given order. If the chapter's list has not loaded
 * yet, the move waits for it.
 * @param random a source of randomness, like `Math.random`
 */
export function moveVideos(
  authoring: Authoring,
  queryClient: QueryClient,
  videos: readonly Video[],
  target: MoveTarget,
  random: () => number = Math.random,
) {
  const list = videosQuery(target.chapterId)
  const move = () =>
    placeAndMove(
      authoring,
      queryClient,
      readCurrent(authoring, queryClient, videos),
      target,
      random,
    )
  if (queryClient.getQueryData(list.queryKey) !== undefined) {
    move()
    return
  }
  const waiting: WaitingMove = { videos, target }
  void makeChange(queryClient, waitingMoveKey(videos[0]?.chapterId ?? ''), waiting, {
    scope: { id: `list of ${target.chapterId}` },
    send: () => ensureData(queryClient, list),
    applyResponse: async () => move(),
    retries: 0,
  }).catch(() => {
    // The videos stay where they are, and their chapter shows why.
  })
}

/** A move to a chapter whose list has to load first. */
export interface WaitingMove {
  videos: readonly Video[]
  target: MoveTarget
}

export type MadeWaitingMove = MadeChange<WaitingMove>

/** The key of the moves that wait for a list, by the chapter of their first video. */
export const waitingMoveKey = (chapterId: string) => ['moves', chapterId]

/** Whether a move has failed because its list did not load, and could still be tried again. */
export const hasFailedMoves = (queryClient: QueryClient): boolean =>
  readChanges<WaitingMove>(queryClient, 'moves').some(({ status }) => status === 'error')

/**
 * The rows as they are now: someone may have moved or removed some since they were chosen. Those
 * that are gone are left out.
 */
function readCurrent(authoring: Authoring, queryClient: QueryClient, videos: readonly Video[]) {
  const shown = readAllShownVideos(authoring, queryClient)
  return videos.flatMap(({ id }) => shown.get(id) ?? [])
}

function placeAndMove(
  authoring: Authoring,
  queryClient: QueryClient,
  videos: readonly Video[],
  target: MoveTarget,
  random: () => number,
) {
  const rows = readShownVideos(authoring, queryClient, target.chapterId)
  const places = placeMoved(videos, rows, target, random)
  const moves = videos.flatMap((video, index) => {
    const to = places[index]
    return to ? [{ video, to }] : []
  })
  changePlaces(authoring, moves, 'move')
}

/**
 * Computes the places of videos that are moved together. If several are moved between neighbours
 * with equal keys, they go after all rows with that key.
 * @param rows what the chapter shows, in order, including any of the moved videos
 * @returns a place for each video, in the given order
 */
export function placeMoved(
  videos: readonly Pick<Video, 'id'>[],
  rows: readonly ShownVideo[],
  { chapterId, after }: MoveTarget,
  random: () => number,
): Place[] {
  const moved = new Set(videos.map(({ id }) => id))
  const index = findRowBefore(rows, after)
  const isStaying = ({ id }: ShownVideo) => !moved.has(id)
  const previous = rows.slice(0, index + 1).findLast(isStaying)
  const following = rows.slice(index + 1).filter(isStaying)
  const lower = previous?.position ?? null
  const next = following[0]?.position ?? null
  if (videos.length === 1 && lower !== null && lower === next) {
    // There is no key between equal ones: the server makes room.
    return [{ chapterId, position: lower, after: previous?.id ?? null }]
  }
  const upper = following.find(({ position }) => lower === null || position > lower)?.position
  return createBatchKeys(lower, upper ?? null, videos.length, random).map((position) => ({
    chapterId,
    position,
  }))
}
