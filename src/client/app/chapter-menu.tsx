import { useQueryClient } from '@tanstack/react-query'
import { flushSync } from 'react-dom'
import type { Chapter } from '#contract/chapters.ts'
import { ActionMenu } from '#ui/menu.tsx'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import type { SortDirection, SortKey } from '../features/videos/sorting/sort-videos.ts'
import { useSortVideos } from '../features/videos/sorting/use-sort-videos.ts'
import { readShownVideos } from '../features/videos/use-chapter.ts'
import { chapterMenuId } from './chapter-menu-button.tsx'
import { type OpenDialog, useDialog } from './dialog.store.ts'
import { useChooseUploads } from './uploads/upload-button.tsx'
import { useChapterGroup } from './use-chapter-group.ts'

type ChapterMenuProps = { chapter: Chapter; onClose: () => void }

/** Actions on a chapter, and on all of its videos. */
export function ChapterMenu({ chapter, onClose }: ChapterMenuProps) {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const sort = useSortVideos()
  const videos = readShownVideos(authoring, queryClient, chapter.id)
  const triggerId = chapterMenuId(chapter)
  const openDialog = (dialog: OpenDialog) => {
    // The dialog returns the focus to what has it now.
    flushSync(onClose)
    document.getElementById(triggerId)?.focus()
    useDialog.getState().open(dialog)
  }
  const chapterGroup = useChapterGroup(chapter, openDialog)
  const chooseUploads = useChooseUploads(chapter.id)
  /** Closes the menu, unless an action has opened a dialog in its place. */
  const close = () => {
    if (useDialog.getState().dialog?.kind === 'chapter-menu') onClose()
  }
  return (
    <ActionMenu
      label={`More actions for ${chapter.title}`}
      triggerId={triggerId}
      onClose={close}
      groups={[
        chapterGroup,
        {
          actions: [
            {
              id: 'upload',
              label: 'Upload videos…',
              onAction: () => void chooseUploads(false),
            },
            {
              id: 'upload-folder',
              label: 'Upload a folder…',
              onAction: () => void chooseUploads(true),
            },
            {
              id: 'rename',
              label: 'Rename videos…',
              onAction: () => openDialog({ kind: 'renaming', videos }),
              isDisabled: videos.length === 0,
            },
          ],
        },
        {
          title: 'Sort videos by',
          actions: orders.map(([label, key, direction]) => ({
            id: label,
            label,
            onAction: () => sort(chapter.id, key, direction),
            isDisabled: videos.length < 2,
          })),
        },
      ]}
    />
  )
}

const orders: readonly [label: string, SortKey, SortDirection][] = [
  ['Name, A to Z', 'name', 'ascending'],
  ['Name, Z to A', 'name', 'descending'],
  ['Duration, shortest first', 'duration', 'ascending'],
  ['Duration, longest first', 'duration', 'descending'],
  ['Date added, oldest first', 'added', 'ascending'],
  ['Date added, newest first', 'added', 'descending'],
]
