import type { Chapter } from '#contract/chapters.ts'
import { isolate } from '#shared/isolate.ts'
import { IconButton } from '#ui/button.tsx'
import { MoreIcon } from '#ui/icons.tsx'
import { useDialog } from './dialog.store.ts'

/** Opens the menu of a chapter, whose code is loaded with that of the dialogs. */
export function ChapterMenuButton({ chapter }: { chapter: Chapter }) {
  const isOpen = useDialog(
    ({ dialog }) => dialog?.kind === 'chapter-menu' && dialog.chapter.id === chapter.id,
  )
  return (
    <IconButton
      id={chapterMenuId(chapter)}
      label={`More actions for ${isolate(chapter.title)}`}
      icon={<MoreIcon />}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={() => useDialog.getState().open({ kind: 'chapter-menu', chapter })}
    />
  )
}

/** The id by which the menu finds its button. */
export const chapterMenuId = ({ id }: Chapter) => `menu-${id}`
