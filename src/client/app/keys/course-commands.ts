import { useQueryClient } from '@tanstack/react-query'
import type { Chapter } from '#contract/chapters.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { useCollapsed } from '../../features/chapters/collapsed.store.ts'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { listRetryable } from '../../features/videos/retryable.ts'
import { readShownVideos, retryFailed } from '../../features/videos/use-chapter.ts'
import { formatKeys } from '../../lib/key-bindings.ts'
import { useDialog } from '../dialog.store.ts'
import { useGoTo } from '../go-to.ts'
import { openMediaLibrary } from './open-media-library.ts'
import { type PageCommand, pageKeys } from './page-keys.ts'
import type { CourseChapters } from './read-course.ts'

export interface Command {
  id: string
  name: string
  detail?: string
  caps?: readonly string[] | undefined
  run: () => void
}

/** The commands for a course. */
export function useCourseCommands(
  courseId: string,
  chapters: readonly Chapter[],
): readonly Command[] {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const collapsed = useCollapsed((state) => state.collapsed)
  const ids = chapters.map(({ id }) => id)
  const countFailed = (id: string) =>
    listRetryable(readShownVideos(authoring, queryClient, id)).length
  const failed = ids.map(countFailed).reduce((sum, count) => sum + count, 0)
  const commands: (Command & { isOffered: boolean })[] = [
    {
      id: 'search',
      name: 'Search this course',
      caps: getShortcutKeys('search'),
      isOffered: chapters.length > 0,
      run: () => useDialog.getState().open({ kind: 'course-search', courseId }),
    },
    {
      id: 'retry',
      name: 'Retry failed videos',
      detail: formatCount(failed, 'video'),
      isOffered: failed > 0,
      run: () => {
        for (const id of ids.filter(countFailed)) retryFailed(authoring, queryClient, id)
      },
    },
    {
      id: 'captions',
      name: 'List videos without captions',
      isOffered: chapters.length > 0,
      run: () => useDialog.getState().open({ kind: 'captions', courseId }),
    },
    {
      id: 'collapse',
      name: 'Collapse all chapters',
      isOffered: ids.some((id) => !collapsed[id]),
      run: () => useCollapsed.getState().setAll(ids, true),
    },
    {
      id: 'expand',
      name: 'Expand all chapters',
      isOffered: ids.some((id) => collapsed[id]),
      run: () => useCollapsed.getState().setAll(ids, false),
    },
  ]
  return commands.filter(({ isOffered }) => isOffered)
}

/** The commands for each chapter. */
export function useChapterCommands({ shown, open }: CourseChapters): readonly Command[] {
  const { goToChapter } = useGoTo()
  return [
    ...shown.map((chapter) => ({
      id: `chapter ${chapter.id}`,
      name: `Go to chapter ${isolate(chapter.title)}`,
      run: () => void goToChapter(chapter),
    })),
    ...open.map((chapter) => ({
      id: `add ${chapter.id}`,
      name: `Add videos to ${isolate(chapter.title)}`,
      run: () => openMediaLibrary(chapter),
    })),
  ]
}

/** The keys of a command's shortcut. */
export function getShortcutKeys(command: PageCommand) {
  const binding = pageKeys.find((binding) => binding.command === command)
  return binding && formatKeys(binding)
}
