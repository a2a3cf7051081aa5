import { readChapterActors, subscribeToChapters } from '../features/videos/authoring-context.tsx'
import type { Authoring } from '../features/videos/videos.actors.ts'

/**
 * Calls `notify` when anything changes in a chapter, and when chapter actors are added or removed.
 * @returns a function that stops watching
 */
export function watchChapters(authoring: Authoring, notify: () => void): () => void {
  let watched: unknown
  let unsubscribe = () => {}
  const watch = () => {
    const { children } = authoring.getSnapshot()
    if (children === watched) return
    watched = children
    unsubscribe()
    unsubscribe = subscribeToChapters(readChapterActors(authoring), notify)
    notify()
  }
  const root = authoring.subscribe(watch)
  watch()
  return () => {
    root.unsubscribe()
    unsubscribe()
  }
}
