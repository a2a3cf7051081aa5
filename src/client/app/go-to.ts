import { useRouter } from '@tanstack/react-router'
import type { Chapter } from '#contract/chapters.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { useReveal } from '../features/videos/reveal.store.ts'
import { focusHeading } from './use-heading-focus.ts'

type Place = Pick<Chapter, 'id' | 'courseId'>

/** Leads to a video, a chapter or a course, from any page. */
export function useGoTo() {
  const router = useRouter()
  const openCourse = (courseId: string) =>
    router.navigate({ to: '/courses/$courseId', params: { courseId } })
  return {
    goToVideo: async ({ id, courseId }: Place, videoId: string, search?: string) => {
      useCollapsed.getState().expand(id)
      await openCourse(courseId)
      useReveal.getState().reveal(videoId, search)
    },
    goToChapter: async ({ id, courseId }: Place) => {
      useCollapsed.getState().expand(id)
      await openCourse(courseId)
      focusChapter(id)
    },
    goToCourse: async (courseId: string) => {
      await openCourse(courseId)
      focusHeading()
      window.scrollTo({ top: 0 })
    },
  }
}

function focusChapter(chapterId: string) {
  const section = document.querySelector(`section[data-chapter-id="${chapterId}"]`)
  section?.scrollIntoView({ block: 'start' })
  section?.querySelector<HTMLElement>('input, button')?.focus({ preventScroll: true })
}
