import { useQueryClient } from '@tanstack/react-query'
import { useAuthoring } from '../authoring-context.tsx'
import { changePlaces } from '../change-videos.ts'
import { readShownVideos } from '../use-chapter.ts'
import { placeSorted } from './place-sorted.ts'
import { type SortDirection, type SortKey, sortVideos } from './sort-videos.ts'

/** Sorts the videos that a chapter shows, without moving those already in order. */
export function useSortVideos() {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  return (chapterId: string, key: SortKey, direction: SortDirection) => {
    const rows = readShownVideos(authoring, queryClient, chapterId)
    const sorted = sortVideos(rows, key, direction, navigator.language)
    const moves = placeSorted(rows, sorted, Math.random)
    changePlaces(authoring, moves, 'sort')
  }
}
