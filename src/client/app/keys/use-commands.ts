import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Chapter } from '#contract/chapters.ts'
import { nextChange } from '#machines/history.ts'
import { formatCount } from '#shared/count.ts'
import { useCollapsed } from '../../features/chapters/collapsed.store.ts'
import { coursesQuery } from '../../features/courses/api/list-courses.ts'
import { useAuthoring } from '../../features/videos/authoring-context.tsx'
import { readShownVideos, retryFailed } from '../../features/videos/use-chapter.ts'
import { keyCaps } from '../../lib/key-bindings.ts'
import { nameTravel } from '../change-words.ts'
import { useDialog } from '../dialog.store.ts'
import { useGoTo } from '../go-to.ts'
import { type Theme, useTheme } from '../theme.store.ts'
import { historyKeys, useHistory, useTravelHistory } from '../use-history.ts'
import { openMediaLibrary } from './open-media-library.ts'
import { type PageCommand, pageKeys } from './page-keys.ts'
import { readCourse } from './read-course.ts'

export interface Command {
  id: string
  name: string
  detail?: string
  caps?: readonly string[] | undefined
  run: () => void
}

/** What can be done now: in the course that is open, and anywhere. */
export function useCommands(courseId: string | undefined): readonly Command[] {
  const course = readCourse(useQueryClient(), courseId)
  const inCourse = useCourseCommands(course?.id ?? '', course?.chapters ?? [])
  const ofChapters = useChapterCommands(course?.chapters ?? [])
  const router = useRouter()
  const { goToCourse } = useGoTo()
  const { data: courses = [] } = useQuery(coursesQuery)
  const { theme, setTheme } = useTheme()

  const ofHistory = useHistoryCommands()

  return [
    ...inCourse,
    ...ofHistory,
    {
      id: 'shortcuts',
      name: 'Keyboard shortcuts',
      caps: capsFor('shortcuts'),
      run: () => useDialog.getState().open({ kind: 'shortcuts' }),
    },
    { id: 'courses', name: 'Go to all courses', run: () => void router.navigate({ to: '/' }) },
    {
      id: 'charts',
      name: 'Go to statecharts',
      run: () => void router.navigate({ to: '/charts', search: {} }),
    },
    ...themes
      .filter(([option]) => option !== theme)
      .map(([option, words]) => ({
        id: `theme ${option}`,
        name: `Theme: ${words}`,
        run: () => setTheme(option),
      })),
    ...ofChapters,
    ...courses
      .filter(({ id }) => id !== courseId)
      .map(({ id, title }) => ({
        id: `course ${id}`,
        name: `Go to course ${title}`,
        run: () => void goToCourse(id),
      })),
  ]
}

function useHistoryCommands(): readonly Command[] {
  const history = useHistory()
  const travel = useTravelHistory()
  return (['undo', 'redo'] as const).flatMap((direction) => {
    const change = nextChange(history, direction)
    if (!change) return []
    const binding = historyKeys.find(({ command }) => command === direction)
    return [
      {
        id: direction,
        name: nameTravel(direction, [change]),
        caps: binding && keyCaps(binding),
        run: () => travel(direction),
      },
    ]
  })
}

const themes: readonly [Theme, string][] = [
  ['system', 'same as the system'],
  ['light', 'light'],
  ['dark', 'dark'],
]

function useCourseCommands(courseId: string, chapters: readonly Chapter[]): readonly Command[] {
  const authoring = useAuthoring()
  const queryClient = useQueryClient()
  const collapsed = useCollapsed((state) => state.collapsed)
  const ids = chapters.map(({ id }) => id)
  const countFailed = (id: string) =>
    readShownVideos(authoring, queryClient, id).filter(({ status }) => status === 'failed').length
  const failed = ids.map(countFailed).reduce((sum, count) => sum + count, 0)
  const commands: (Command & { isOffered: boolean })[] = [
    {
      id: 'search',
      name: 'Search this course',
      caps: capsFor('search'),
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

function useChapterCommands(chapters: readonly Chapter[]): readonly Command[] {
  const { goToChapter } = useGoTo()
  return [
    ...chapters.map((chapter) => ({
      id: `chapter ${chapter.id}`,
      name: `Go to chapter ${chapter.title}`,
      run: () => void goToChapter(chapter),
    })),
    ...chapters.map((chapter) => ({
      id: `add ${chapter.id}`,
      name: `Add videos to ${chapter.title}`,
      run: () => openMediaLibrary(chapter),
    })),
  ]
}

function capsFor(command: PageCommand) {
  const binding = pageKeys.find((binding) => binding.command === command)
  return binding && keyCaps(binding)
}
