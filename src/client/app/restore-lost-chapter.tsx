import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { placeRemovedSchema, type RemovedParent } from '#contract/removals.ts'
import { isolate } from '#shared/isolate.ts'
import { Button } from '#ui/button.tsx'
import { Working } from '#ui/feedback.tsx'
import { restoreUnknownChapter } from '../features/chapters/api/restore-chapter.ts'
import { restoreUnknownCourse } from '../features/courses/api/restore-course.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { retryFailed } from '../features/videos/use-chapter.ts'
import { describeError, isRefused, ProblemError } from '../lib/http.ts'

type RestoreLostChapterProps = { chapterId: string; onRestored: (chapter: Chapter) => void }

/**
 * Restores a chapter that was removed, alone or with its course, and is shown nowhere, so that the
 * work left in it can be reached. Shows nothing for a chapter that still exists.
 */
export function RestoreLostChapter({ chapterId, onRestored }: RestoreLostChapterProps) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  // What is cached may be from before the removal.
  const list = useQuery({ ...videosQuery(chapterId), refetchOnMount: 'always' })
  const removed = readRemoved(list.error)
  const restoration = useMutation({
    mutationFn: async () => {
      if (removed?.kind !== 'course') return restoreUnknownChapter(queryClient, chapterId)
      const { chapters } = await restoreUnknownCourse(queryClient, removed.id)
      return chapters.find(({ id }) => id === chapterId)
    },
    retry: (failures, error) => failures < 3 && !isRefused(error),
    onSuccess: (chapter) => {
      // Without one, it had also been removed itself.
      if (!chapter) return
      retryFailed(authoring, queryClient, chapterId)
      onRestored(chapter)
    },
  })
  if (!removed) return null
  return (
    <div className="flex flex-col items-start gap-1 pr-2 pb-2 pl-8">
      <Button
        size="small"
        aria-disabled={restoration.isPending}
        onClick={() => {
          if (!restoration.isPending) restoration.mutate()
        }}
      >
        {`Restore ${removed.kind} “${isolate(removed.title)}”`}
      </Button>
      {restoration.isPending && <Working />}
      {restoration.error && (
        <p role="alert" className="text-sm text-danger">
          {describeError(restoration.error)}
        </p>
      )}
    </div>
  )
}

/** Reads what has to be restored first from the error of a request to a chapter. */
function readRemoved(error: Error | null): RemovedParent | null {
  const problem = error instanceof ProblemError ? error.problem : null
  const { data } = placeRemovedSchema.safeParse(problem)
  if (!data) return null
  return 'course' in data
    ? { kind: 'course', ...data.course }
    : { kind: 'chapter', ...data.chapter }
}
