import { useRouter } from '@tanstack/react-router'
import type { Chapter } from '#contract/chapters.ts'
import { findFirstControl } from '#ui/focus.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { useReveal } from '../features/videos/reveal.store.ts'
import { type CoursePlace, formatPlace } from './course-place.ts'
import { findChapterSection } from './scroll-anchor.ts'
import { focusHeading } from './use-heading-focus.ts'

type Place = Pick<Chapter, 'id' | 'courseId'>

/** Navigates to a video, a chapter or a course, from any page. */
export function useGoTo() {
  const router = useRouter()
  // Adds an entry to the browser's history, so that Back returns to the previous place.
  const openCourse = (courseId: string, place?: CoursePlace) =>
    router.navigate({
      to: '/courses/$courseId',
      params: { courseId },
      ...(place && { hash: formatPlace(place) }),
      hashScrollIntoView: false,
      resetScroll: false,
    })
  return {
    goToVideo: async ({ id, courseId }: Place, videoId: string, search?: string) => {
      useCollapsed.getState().expand(id)
      await openCourse(courseId, { chapterId: id, videoId })
      useReveal.getState().reveal(videoId, search)
    },
    goToChapter: async ({ id, courseId }: Place) => {
      useCollapsed.getState().expand(id)
      await openCourse(courseId, { chapterId: id })
      focusChapter(id)
    },
    goToCourse: async (courseId: string) => {
      await openCourse(courseId)
      focusHeading()
      window.scrollTo({ top: 0 })
    },
  }
}

/** Scrolls to a chapter, and focuses its heading. */
export function focusChapter(chapterId: string) {
  const section = findChapterSection(chapterId)
  section?.scrollIntoView({ block: 'start' })
  findFirstControl(section)?.focus({ preventScroll: true })
}
