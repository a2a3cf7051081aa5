import { useIsMutating, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Course } from '#contract/courses.ts'
import { findTitledChapter } from '../features/chapters/chapter-changes.ts'
import { useStoppedUploads } from '../features/uploads/uploads-context.tsx'
import { type UnsavedVideo, useUnsavedVideos } from '../features/videos/unsaved-videos.ts'
import { queryKeys } from '../lib/query-keys.ts'
import { type FailedChange, useFailedChanges } from './failed-changes.ts'
import { type TitleChange, useTitleChanges } from './title-changes.ts'

/** What the server does not have yet, whichever page is shown. */
export interface Unsaved {
  videos: readonly UnsavedVideo[]
  titles: readonly TitleChange[]
  /** The failed changes of whole courses and chapters, and failed moves. */
  failedChanges: readonly FailedChange[]
  /** How many other changes are in flight, such as those of whole courses and chapters. */
  otherCount: number
}

/** Everything that this page has not saved. */
export function useUnsaved(): Unsaved {
  const stopped = useStoppedUploads()
  const unsavedVideos = useUnsavedVideos()
  const videos = useMemo(
    () => unsavedVideos.map((video) => withUpload(video, stopped)),
    [unsavedVideos, stopped],
  )
  const { titles, requestCount } = useTitleChanges()
  const failedChanges = useFailedChanges()
  const mutating = useIsMutating()
  const otherCount = Math.max(0, mutating - requestCount)
  return { videos, titles, failedChanges, otherCount }
}

/** A video whose upload has stopped needs a decision. */
const withUpload = (video: UnsavedVideo, stopped: ReadonlySet<string>): UnsavedVideo =>
  video.uploadId !== undefined && stopped.has(video.uploadId)
    ? { ...video, isFailed: true, text: 'Not uploaded' }
    : video

/** Counts what is being saved, and what needs a decision. */
export function countUnsaved({ videos, titles, failedChanges, otherCount }: Unsaved) {
  const all = [...videos, ...titles]
  const failed = all.filter(({ isFailed }) => isFailed).length
  return { failed: failed + failedChanges.length, saving: all.length - failed + otherCount }
}

/** Summarizes whether all is saved; what needs a decision takes precedence. */
export function describeSaving({ failed, saving }: { failed: number; saving: number }): string {
  if (failed > 0) return `${failed} not saved`
  return saving > 0 ? `Saving ${saving}…` : 'All saved'
}

/** Finds the course, and the chapter if there is one, that an id belongs to. */
export function useFindPlace() {
  const queryClient = useQueryClient()
  return (id: string) => {
    const chapter = findTitledChapter(queryClient, id)
    const courseId = chapter?.courseId ?? id
    const course = queryClient.getQueryData<Course>(queryKeys.course(courseId))
    return { courseId, chapter, course }
  }
}
