import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { renameVideos } from '../features/videos/change-videos.ts'
import type { ShownVideo } from '../features/videos/fold-videos.ts'
import { RenameDialog } from '../features/videos/renaming/rename-dialog.tsx'
import { readShownVideos } from '../features/videos/use-chapter.ts'

type VideoRenamingProps = {
  videos: readonly ShownVideo[]
  names?: string | undefined
  onClose: () => void
}

/** Renames videos from any of the chapters on a page. */
export function VideoRenaming({ videos, names, onClose }: VideoRenamingProps) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const others = useMemo(() => {
    const ids = new Set(videos.map(({ id }) => id))
    const chapterIds = new Set(videos.map(({ chapterId }) => chapterId))
    return [...chapterIds]
      .flatMap((chapterId) => readShownVideos(authoring, queryClient, chapterId))
      .filter(({ id }) => !ids.has(id))
  }, [authoring, queryClient, videos])
  return (
    <RenameDialog
      videos={videos}
      others={others}
      names={names}
      onRename={(renames) => {
        renameVideos(authoring, renames)
        onClose()
      }}
      onClose={onClose}
    />
  )
}
