import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { peekChange } from '#machines/history.ts'
import { isolate } from '#shared/isolate.ts'
import { coursesQuery } from '../../features/courses/api/list-courses.ts'
import { readShownCourses } from '../../features/courses/course-changes.ts'
import { formatKeys } from '../../lib/key-bindings.ts'
import { describeStep } from '../describe-change.ts'
import { useDialog } from '../dialog.store.ts'
import { useGoTo } from '../go-to.ts'
import { type Theme, useTheme } from '../theme.store.ts'
import { historyKeys, useHistory, useUndoOrRedo } from '../use-history.ts'
import {
  type Command,
  getShortcutKeys,
  useChapterCommands,
  useCourseCommands,
} from './course-commands.ts'
import { readChapters, readCourse } from './read-course.ts'

/** The available commands: those for the open course, and global ones. */
export function useCommands(courseId: string | undefined): readonly Command[] {
  const queryClient = useQueryClient()
  const course = readCourse(queryClient, courseId)
  const chapters = readChapters(queryClient, courseId)
  const courseCommands = useCourseCommands(course?.id ?? '', chapters.shown)
  const chapterCommands = useChapterCommands(chapters)
  const router = useRouter()
  const { goToCourse } = useGoTo()
  // Renders again once the list has loaded.
  useQuery(coursesQuery)
  const courses = readShownCourses(queryClient)
  const { theme, setTheme } = useTheme()

  const historyCommands = useHistoryCommands()

  return [
    ...courseCommands,
    ...historyCommands,
    {
      id: 'shortcuts',
      name: 'Keyboard shortcuts',
      caps: getShortcutKeys('shortcuts'),
      run: () => useDialog.getState().open({ kind: 'shortcuts' }),
    },
    { id: 'courses', name: 'Go to all courses', run: () => void router.navigate({ to: '/' }) },
    {
      id: 'library',
      name: 'Go to the media library',
      run: () => void router.navigate({ to: '/library' }),
    },
    {
      id: 'charts',
      name: 'Go to statecharts',
      run: () => void router.navigate({ to: '/charts', search: {} }),
    },
    ...themes
      .filter(([option]) => option !== theme)
      .map(([option, label]) => ({
        id: `theme ${option}`,
        name: `Theme: ${label}`,
        run: () => setTheme(option),
      })),
    ...chapterCommands,
    ...courses
      .filter(({ id }) => id !== courseId)
      .map(({ id, title }) => ({
        id: `course ${id}`,
        name: `Go to course ${isolate(title)}`,
        run: () => void goToCourse(id),
      })),
  ]
}

function useHistoryCommands(): readonly Command[] {
  const history = useHistory()
  const undoOrRedo = useUndoOrRedo()
  return (['undo', 'redo'] as const).flatMap((direction) => {
    const change = peekChange(history, direction)
    if (!change) return []
    const binding = historyKeys.find(({ command }) => command === direction)
    return [
      {
        id: direction,
        name: describeStep(direction, [change]),
        caps: binding && formatKeys(binding),
        run: () => undoOrRedo(direction),
      },
    ]
  })
}

const themes: readonly [Theme, string][] = [
  ['system', 'system'],
  ['light', 'light'],
  ['dark', 'dark'],
]
