import { readChapterActors, subscribeToChapters } from '../features/videos/authoring-context.tsx'
import type { Authoring } from '../features/videos/videos.actors.ts'

/**
 * Hears of everything that changes in any chapter, and of chapters that come and go.
 * @returns a function that ends it
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
