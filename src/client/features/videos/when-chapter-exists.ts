import type { QueryClient } from '@tanstack/react-query'
import { whenNonePending } from '#client/lib/changes.ts'

/** What changes to courses and to chapters have in common. */
interface PendingChange {
  kind: string
  chapter?: { id: string }
}

/**
 * Waits while a chapter, or a course, is being created or restored: until then, the server refuses
 * a video that is moved to it.
 * @param chapterId where the video goes; `undefined` if it stays in its chapter
 * @throws the reason of the signal
 */
export async function whenChapterExists(
  queryClient: QueryClient,
  chapterId: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (chapterId === undefined) return
  await whenNonePending(queryClient, 'courses', isAppearing, signal)
  const isAwaited = (change: PendingChange) =>
    isAppearing(change) && change.chapter?.id === chapterId
  await whenNonePending(queryClient, 'chapters', isAwaited, signal)
}

const isAppearing = ({ kind }: PendingChange) => kind === 'create' || kind === 'restore'
