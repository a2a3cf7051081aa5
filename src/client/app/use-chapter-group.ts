import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import type { MenuGroup } from '#ui/menu.tsx'
import { readShownChapters } from '../features/chapters/chapter-changes.ts'
import { useNewChapters } from '../features/chapters/new-chapters.store.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { duplicateChapter } from './chapter-operations.ts'
import type { OpenDialog } from './dialog.store.ts'
import { moveOneStep } from './move-chapters.ts'

/**
 * The actions on a chapter, for its menu.
 * @param openDialog opens a dialog in place of the menu
 */
export function useChapterGroup(
  chapter: Chapter,
  openDialog: (dialog: OpenDialog) => void,
): MenuGroup {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const { id, courseId } = chapter
  const chapters = readShownChapters(queryClient, courseId)
  const move = (step: -1 | 1) => () => moveOneStep(queryClient, authoring, chapter, step)
  const actions = [
    chapters.at(0)?.id !== id && { id: 'up', label: 'Move up', onAction: move(-1) },
    chapters.at(-1)?.id !== id && { id: 'down', label: 'Move down', onAction: move(1) },
    chapters.length > 1 && {
      id: 'move',
      label: 'Move to…',
      onAction: () => openDialog({ kind: 'chapter-move', chapter }),
    },
    {
      id: 'add',
      label: 'Add chapter below',
      onAction: () => useNewChapters.getState().open(courseId, id),
    },
    {
      id: 'duplicate',
      label: 'Duplicate',
      onAction: () => void duplicateChapter(queryClient, authoring, chapter),
    },
  ]
  return { actions: actions.filter((action) => action !== false) }
}
