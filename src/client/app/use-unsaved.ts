import { useIsMutating, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Course } from '#contract/courses.ts'
import { useNameDrafts } from '#ui/name-draft.ts'
import { chapterDraftKey } from '../features/chapters/chapter-changes.ts'
import { findChapter } from '../features/chapters/course-cache.ts'
import { courseDraftKey } from '../features/courses/course-draft.ts'
import { useStoppedUploads } from '../features/uploads/uploads-context.tsx'
import { type UnsavedVideo, useUnsavedVideos } from '../features/videos/unsaved-videos.ts'
import { queryKeys } from '../lib/query-keys.ts'
import { type TitleChange, useTitleChanges } from '../lib/rename-title.ts'
import { type FailedChange, useFailedChanges } from './failed-changes.ts'

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
  const titles = useTitleChanges()
  const failedChanges = useFailedChanges()
  const drafts = useNameDrafts((state) => state.drafts)
  const mutating = useIsMutating()
  // A refused title stays in its editor until that is closed.
  const open = titles.filter(({ id, isFailed }) => !isFailed || hasEditor(drafts, id))
  const titlesInFlight = titles.filter(({ isFailed }) => !isFailed).length
  const otherCount = Math.max(0, mutating - titlesInFlight)
  return { videos, titles: open, failedChanges, otherCount }
}

/** A video whose upload has stopped needs a decision. */
const withUpload = (video: UnsavedVideo, stopped: ReadonlySet<string>): UnsavedVideo =>
  video.uploadId !== undefined && stopped.has(video.uploadId)
    ? { ...video, isFailed: true, text: 'Not uploaded' }
    : video

const hasEditor = (drafts: object, id: string) =>
  courseDraftKey(id) in drafts || chapterDraftKey(id) in drafts

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
    const chapter = findChapter(queryClient, id)
    const courseId = chapter?.courseId ?? id
    const course = queryClient.getQueryData<Course>(queryKeys.course(courseId))
    return { courseId, chapter, course }
  }
}
