import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { CachedCourse } from '../../lib/cached-course.ts'
import { findCommand } from '../../lib/key-bindings.ts'
import { activeBindings } from '../../lib/key-preferences.ts'
import { useDialog } from '../dialog.store.ts'
import { readChapterInUse, watchChapterInUse } from './chapter-in-use.ts'
import { openMediaLibrary } from './open-media-library.ts'
import { type PageCommand, pageKeys } from './page-keys.ts'
import { readChapters, readCourse } from './read-course.ts'

/** Handles the shortcuts of the whole page, except in a dialog. */
export function usePageKeys() {
  const queryClient = useQueryClient()
  const { courseId } = useParams({ strict: false })

  useEffect(() => {
    const { open } = useDialog.getState()
    const handleKeyDown = (event: KeyboardEvent) => {
      const command = findCommand(activeBindings(pageKeys), event)
      if (!command || !isForPage(event)) return
      if (run(command)) event.preventDefault()
    }

    /** Runs a command; returns whether there was anything to do. */
    function run(command: PageCommand): boolean {
      const course = readCourse(queryClient, courseId)
      if (command === 'commands') open({ kind: 'commands', courseId })
      else if (command === 'shortcuts') open({ kind: 'shortcuts' })
      else if (!course) return false
      else if (command === 'search') open({ kind: 'course-search', courseId: course.id })
      else addVideos(course)
      return true
    }

    function addVideos({ id }: CachedCourse) {
      const inUse = readChapterInUse()
      const chapters = readChapters(queryClient, id).open
      const chapter = chapters.find((chapter) => chapter.id === inUse)
      const only = chapters.length === 1 ? chapters[0] : undefined
      const target = chapter ?? only
      if (target) openMediaLibrary(target)
      else open({ kind: 'commands', courseId: id, typed: 'Add videos to ' })
    }

    window.addEventListener('keydown', handleKeyDown)
    const stopWatching = watchChapterInUse()
    return () => {
      window.removeEventListener('keydown', handleKeyDown)
      stopWatching()
    }
  }, [courseId, queryClient])
}

/** Whether nothing else handles the key: no text field, list or menu, and no dialog. */
function isForPage({ target, ctrlKey, metaKey, defaultPrevented }: KeyboardEvent): boolean {
  const { dialog, previewed } = useDialog.getState()
  if (defaultPrevented || dialog || previewed) return false
  if (!(target instanceof Element)) return true
  if (target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')) {
    return false
  }
  return ctrlKey || metaKey || !takesText(target)
}

const takesText = (target: Element) =>
  target.matches(
    'input:not([type="radio"], [type="checkbox"], [type="button"]), textarea, select',
  ) ||
  (target instanceof HTMLElement && target.isContentEditable)
