import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { readSaved, type ShownVideo } from '../features/videos/fold-videos.ts'
import { RenameDialog } from '../features/videos/renaming/rename-dialog.tsx'
import { dispatchToVideo, readShownVideos } from '../features/videos/use-chapter.ts'

type VideoRenamingProps = { videos: readonly ShownVideo[]; onClose: () => void }

/** Renames videos that one page shows, of any of its chapters. */
export function VideoRenaming({ videos, onClose }: VideoRenamingProps) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const otherNames = useMemo(() => {
    const ids = new Set(videos.map(({ id }) => id))
    const chapterIds = new Set(videos.map(({ chapterId }) => chapterId))
    return [...chapterIds]
      .flatMap((chapterId) => readShownVideos(authoring, queryClient, chapterId))
      .filter(({ id }) => !ids.has(id))
      .map(({ filename }) => filename)
  }, [authoring, queryClient, videos])
  return (
    <RenameDialog
      videos={videos}
      otherNames={otherNames}
      onRename={(renames) => {
        for (const { video, filename } of renames) {
          dispatchToVideo(authoring, video, { type: 'video.edit', saved: readSaved(video) })
          dispatchToVideo(authoring, video, { type: 'video.rename', filename })
        }
        onClose()
      }}
      onClose={onClose}
    />
  )
}
