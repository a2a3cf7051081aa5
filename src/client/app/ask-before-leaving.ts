import type { QueryClient } from '@tanstack/react-query'
import { listTypedNames } from '#ui/name-draft.ts'
import { chapterDraftKey, listRemovedChapters } from '../features/chapters/chapter-changes.ts'
import { listRemovedCourses } from '../features/courses/course-changes.ts'
import { courseDraftKey } from '../features/courses/course-draft.ts'
import { hasUnfinishedUploads } from '../features/uploads/upload-totals.ts'
import type { Uploads } from '../features/uploads/uploads.actors.ts'
import { hasFailedMoves } from '../features/videos/move-videos.ts'
import { hasTypedRename } from '../features/videos/renaming/rename-draft.ts'
import { hasUnsentChanges } from '../features/videos/unsaved-videos.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { useDialog } from './dialog.store.ts'

/** Makes the browser ask before unsaved work is lost to a reload or a closed tab. */
export function askBeforeLeaving(
  authoring: Authoring,
  uploads: Uploads,
  queryClient: QueryClient,
  target: EventTarget,
): void {
  target.addEventListener('beforeunload', (event) => {
    const isUploading = hasUnfinishedUploads(uploads.getSnapshot().context.uploads)
    const isSending = queryClient.isMutating() > 0 || hasUnsentChanges(authoring) || isUploading
    const isRenaming = useDialog.getState().dialog?.kind === 'renaming' && hasTypedRename(authoring)
    const isLost = isRenaming || hasTypedTitle(queryClient) || hasFailedMoves(queryClient)
    if (isSending || isLost) event.preventDefault()
  })
}

/** Ignores drafts for what was removed here: no field shows them. */
function hasTypedTitle(queryClient: QueryClient): boolean {
  const removed = new Set([
    ...listRemovedChapters(queryClient).map(chapterDraftKey),
    ...listRemovedCourses(queryClient).map(courseDraftKey),
  ])
  return listTypedNames().some((key) => !removed.has(key))
}
