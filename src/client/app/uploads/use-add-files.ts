import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useCollapsed } from '../../features/chapters/collapsed.store.ts'
import { findChapter } from '../../features/chapters/course-cache.ts'
import { type FoundFile, groupByFolder } from '../../features/uploads/group-by-folder.ts'
import { useUploads } from '../../features/uploads/uploads-context.tsx'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { useDialog } from '../dialog.store.ts'
import { addToChapter, addToLibrary } from './add-files.ts'

/**
 * Adds files to a chapter, or else to the library. If they come from several folders, it asks first
 * whether each folder becomes a chapter.
 */
export function useAddFiles() {
  const authoring = useAuthoring()
  const uploads = useUploads()
  const queryClient = useQueryClient()
  return useCallback(
    (found: readonly FoundFile[], chapterId: string | null) => {
      const parts = { authoring, uploads, queryClient }
      const groups = groupByFolder(found)
      const files = groups.flatMap((group) => group.files)
      if (chapterId === null) return addToLibrary(parts, files)
      const chapter = findChapter(queryClient, chapterId)
      if (groups.length > 1 && chapter) {
        return useDialog.getState().open({ kind: 'folders', chapter, groups })
      }
      useCollapsed.getState().expand(chapterId)
      addToChapter(parts, chapterId, files)
    },
    [authoring, queryClient, uploads],
  )
}
