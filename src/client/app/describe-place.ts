import type { QueryClient } from '@tanstack/react-query'
import type { Step } from '#machines/history.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import { readShownVideos } from '../features/videos/use-chapter.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'

/**
 * Describes where the row of a move is now, to follow the text of the move: ` to 3 of 12`.
 * Returns an empty string for several rows, for other changes, and if the place is not known.
 */
export function describePlace(
  authoring: Authoring,
  queryClient: QueryClient,
  { change, outcome }: Step,
): string {
  const [operation, ...others] = change.operations
  if (change.kind !== 'move' || operation?.field !== 'place' || others.length > 0) return ''
  const isUndone = outcome === 'undone'
  if (!isUndone && outcome !== 'made' && outcome !== 'redone') return ''
  const { chapterId } = isUndone ? operation.from : operation.to
  if (queryClient.getQueryData(videosQuery(chapterId).queryKey) === undefined) return ''
  const rows = readShownVideos(authoring, queryClient, chapterId)
  const index = rows.findIndex(({ id }) => id === operation.id)
  if (index === -1) return ''
  const place = `${index + 1} of ${rows.length}`
  if (isUndone) return `, now ${place}`
  return operation.from.chapterId === chapterId ? ` to ${place}` : `, ${place}`
}
