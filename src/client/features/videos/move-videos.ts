import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { makeChange } from '#client/lib/changes.ts'
import type { MadeChange } from '#client/lib/made-changes.ts'
import type { Video } from '#contract/videos.ts'
import type { Place } from '#machines/video.context.ts'
import { videosQuery } from './api/list-videos.ts'
import { findRowBefore } from './arrange-rows.ts'
import { useAuthoring } from './authoring-context.tsx'
import { changePlaces } from './change-videos.ts'
import type { ShownVideo } from './fold-videos.ts'
import { batchKeys } from './place-picks.ts'
import { readShownVideos } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** Where videos are moved to: after a video of a chapter, or to its start. */
export interface MoveTarget {
  chapterId: string
  /**
   * `null` for the start, and left out for the end. A video that is moved itself stands for the one
   * before it.
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
 * Moves videos to a place, where they stand together and in the given order: at once, or, in a
 * chapter whose list has not come yet, as soon as it tells what stands there.
 * @param random a number from 0 up to 1 for each call
 */
export function moveVideos(
  authoring: Authoring,
  queryClient: QueryClient,
  videos: readonly Video[],
  target: MoveTarget,
  random: () => number = Math.random,
) {
  const list = videosQuery(target.chapterId)
  const move = (shown: readonly Video[]) =>
    placeAndMove(authoring, queryClient, shown, target, random)
  if (queryClient.getQueryData(list.queryKey) !== undefined) {
    move(videos)
    return
  }
  const waiting: WaitingMove = { videos, target }
  void makeChange(queryClient, waitingMoveKey(videos[0]?.chapterId ?? ''), waiting, {
    scope: { id: `list of ${target.chapterId}` },
    send: () => queryClient.ensureQueryData(list),
    keep: async () => move(listShown(authoring, queryClient, videos)),
    retries: 0,
  }).catch(() => {
    // The videos stay where they are, and their chapter says why.
  })
}

/** A move to a chapter whose list has to come first. */
export interface WaitingMove {
  videos: readonly Video[]
  target: MoveTarget
}

export type MadeWaitingMove = MadeChange<WaitingMove>

/** The key of the moves that wait for a list, by the chapter of the first of their videos. */
export const waitingMoveKey = (chapterId: string) => ['moves', chapterId]

/** Of some videos, those that are still there. */
function listShown(authoring: Authoring, queryClient: QueryClient, videos: readonly Video[]) {
  const chapterIds = new Set(videos.map(({ chapterId }) => chapterId))
  const shown = [...chapterIds].flatMap((id) => readShownVideos(authoring, queryClient, id))
  const shownIds = new Set(shown.map(({ id }) => id))
  return videos.filter(({ id }) => shownIds.has(id))
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
 * Computes the places of videos that are moved together. Several that are moved between neighbours
 * of equal keys come after all of that key.
 * @param rows what the chapter shows, in order, with those of the moved videos that it has
 * @returns a place for each video, in the order they are given
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
  return batchKeys(lower, upper ?? null, videos.length, random).map((position) => ({
    chapterId,
    position,
  }))
}
