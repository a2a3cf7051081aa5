import type { QueryClient } from '@tanstack/react-query'
import { createChapter, type NewChapter } from '../features/chapters/api/create-chapter.ts'
import { readShownChapters } from '../features/chapters/chapter-changes.ts'
import { courseQuery } from '../features/courses/api/get-course.ts'
import { dispatchPicks } from '../features/videos/add-videos.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import type { ShownVideo } from '../features/videos/fold-videos.ts'
import type { NewVideo } from '../features/videos/place-picks.ts'
import { readShownVideos } from '../features/videos/use-chapter.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { ensureData } from '../lib/ensure-data.ts'

/** A chapter that duplicates another. */
type Copy = NewChapter & { copyOf: string }

/** Creates a copy that an earlier page began, once what it is filled from has loaded. */
export async function resumeDuplicate(
  queryClient: QueryClient,
  authoring: Authoring,
  copy: Copy,
): Promise<void> {
  await Promise.all([
    createChapter(queryClient, copy),
    ensureData(queryClient, videosQuery(copy.copyOf)),
  ])
  await ensureData(queryClient, courseQuery(copy.courseId))
  fillCopy(queryClient, authoring, copy)
}

/** Links the videos of a chapter in its copy, unless the copy has been undone. */
export function fillCopy(
  queryClient: QueryClient,
  authoring: Authoring,
  { id, courseId, copyOf }: Copy,
) {
  const picks = new Map(
    readShownVideos(authoring, queryClient, copyOf).map((video) => [video.mediaId, toPick(video)]),
  )
  const isShown = readShownChapters(queryClient, courseId).some((chapter) => chapter.id === id)
  if (picks.size > 0 && isShown) dispatchPicks(authoring, queryClient, id, [...picks.values()])
}

/** Waits for the same file, if that is still being uploaded. */
const toPick = ({ mediaId, filename, durationSeconds, isUploading }: ShownVideo): NewVideo => ({
  mediaId,
  filename,
  durationSeconds,
  ...(isUploading && { blockedBy: mediaId }),
})
