import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { Button } from '#ui/button.tsx'
import { restoreUnknownChapter } from '../features/chapters/api/restore-chapter.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { retryFailed } from '../features/videos/use-chapter.ts'
import { describeError, isGone } from '../lib/http.ts'

type RestoreLostChapterProps = { chapterId: string; onRestored: (chapter: Chapter) => void }

/**
 * Restores a chapter that was removed and is shown nowhere, so that the work left in it can be
 * reached. Shows nothing for a chapter that still exists.
 */
export function RestoreLostChapter({ chapterId, onRestored }: RestoreLostChapterProps) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  // What is cached may be from before the removal.
  const list = useQuery({ ...videosQuery(chapterId), refetchOnMount: 'always' })
  const restoration = useMutation({
    mutationFn: () => restoreUnknownChapter(queryClient, chapterId),
    onSuccess: (chapter) => {
      retryFailed(authoring, queryClient, chapterId)
      onRestored(chapter)
    },
  })
  if (!isGone(list.error)) return null
  return (
    <div className="flex flex-col items-start gap-1 pr-2 pb-2 pl-8">
      <Button
        size="small"
        aria-disabled={restoration.isPending}
        onClick={() => {
          if (!restoration.isPending) restoration.mutate()
        }}
      >
        Restore chapter
      </Button>
      {restoration.error && (
        <p role="alert" className="text-sm text-danger">
          {describeError(restoration.error)}
        </p>
      )}
    </div>
  )
}
