import { useQueryClient } from '@tanstack/react-query'
import { lazyComponent } from '../../lib/lazy-component.tsx'
import { useGoTo } from '../go-to.ts'
import { readChapters } from './read-course.ts'
import { runAfterDialog } from './run-after-dialog.ts'

const CourseSearch = lazyComponent(() =>
  import('../../features/videos/components/course-search.tsx').then(
    ({ CourseSearch }) => CourseSearch,
  ),
)
export const ShortcutsDialog = lazyComponent(() =>
  import('./shortcuts-dialog.tsx').then(({ ShortcutsDialog }) => ShortcutsDialog),
)
export const CommandPalette = lazyComponent(() =>
  import('./command-palette.tsx').then(({ CommandPalette }) => CommandPalette),
)

/** The dialogs that shortcuts open. */
export const keyDialogs = [CommandPalette, CourseSearch, ShortcutsDialog]

type VideoSearchProps = { courseId: string; onClose: () => void }

/** Searches a course's videos, and navigates to the chosen one. */
export function VideoSearch({ courseId, onClose }: VideoSearchProps) {
  const { goToVideo } = useGoTo()
  const { open } = readChapters(useQueryClient(), courseId)
  return (
    <CourseSearch
      chapters={open}
      onChoose={({ chapter, video }, search) =>
        runAfterDialog(onClose, () => void goToVideo(chapter, video.id, search))
      }
      onClose={onClose}
    />
  )
}
