import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'
import type { Course } from '#contract/courses.ts'
import { ErrorNotice } from '#ui/feedback.tsx'
import { readShownChapters } from '../features/chapters/chapter-changes.ts'
import { useCollapsed } from '../features/chapters/collapsed.store.ts'
import { videosQuery } from '../features/videos/api/list-videos.ts'
import { useAuthoring } from '../features/videos/authoring-context.tsx'
import { useReveal } from '../features/videos/reveal.store.ts'
import { readShownVideos } from '../features/videos/use-chapter.ts'
import type { Authoring } from '../features/videos/videos.actors.ts'
import { ensureData } from '../lib/ensure-data.ts'
import { type CoursePlace, parsePlace } from './course-place.ts'
import { focusChapter } from './go-to.ts'

/** Navigates to the chapter or video that the page's URL names, or says that it is gone. */
export function LinkedPlace({ course: { id } }: { course: Pick<Course, 'id'> }) {
  const queryClient = useQueryClient()
  const authoring = useAuthoring()
  const [missing, setMissing] = useState<'chapter' | 'video' | null>(null)
  const router = useRouter()

  const follow = useEffectEvent(async () => {
    const place = parsePlace(router.history.location.hash)
    if (place) setMissing(await followLink(queryClient, authoring, id, place))
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: another course has its own places
  useEffect(() => {
    // Let the page's heading take the focus first.
    const frame = requestAnimationFrame(() => void follow())
    const path = router.history.location.pathname
    const unsubscribe = router.history.subscribe(({ location, action }) => {
      // The page's own links navigate by themselves.
      const isOwn = action.type === 'PUSH' || action.type === 'REPLACE'
      if (!isOwn && location.pathname === path) void follow()
    })
    return () => {
      cancelAnimationFrame(frame)
      unsubscribe()
    }
  }, [id, router])

  if (!missing) return null
  return (
    <div className="mb-6">
      <ErrorNotice
        title={`This ${missing} is no longer in the course.`}
        reason="It may have been removed or moved to another course."
        onClose={() => setMissing(null)}
      />
    </div>
  )
}

/** @returns what could not be found */
async function followLink(
  queryClient: QueryClient,
  authoring: Authoring,
  courseId: string,
  { chapterId, videoId }: CoursePlace,
): Promise<'chapter' | 'video' | null> {
  const chapters = readShownChapters(queryClient, courseId)
  if (videoId === undefined) {
    if (!chapters.some(({ id }) => id === chapterId)) return 'chapter'
    useCollapsed.getState().expand(chapterId)
    focusChapter(chapterId)
    return null
  }
  // It may have been moved to any chapter since the link was made.
  const isLinked = ({ id }: { id: string }) => id === chapterId
  for (const { id } of [
    ...chapters.filter(isLinked),
    ...chapters.filter((chapter) => !isLinked(chapter)),
  ]) {
    // If a list can't be loaded, its chapter says so.
    await ensureData(queryClient, videosQuery(id)).catch(() => null)
    const shown = readShownVideos(authoring, queryClient, id)
    if (!shown.some((video) => video.id === videoId)) continue
    useCollapsed.getState().expand(id)
    if (useReveal.getState().videoId !== videoId) useReveal.getState().reveal(videoId)
    return null
  }
  return 'video'
}
