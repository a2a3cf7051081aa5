import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { PendingVideo } from '#machines/chapter.machine.ts'
import { type ChapterActor, useChapterActors } from './authoring-context.tsx'

/** A video that was removed and can still be brought back. */
export interface Removal {
  chapter: ChapterActor
  video: PendingVideo
}

/** The removals of all chapters that can still be undone. */
export function useRemovals(): readonly Removal[] {
  const chapters = useChapterActors()
  const subscribe = useCallback(
    (notify: () => void) => {
      const subscriptions = chapters.map((chapter) => chapter.subscribe(notify))
      return () => {
        for (const subscription of subscriptions) subscription.unsubscribe()
      }
    },
    [chapters],
  )
  const read = useMemo(() => createReader(chapters), [chapters])
  return useSyncExternalStore(subscribe, read)
}

/** Returns the same array for as long as the same videos are in it. */
function createReader(chapters: readonly ChapterActor[]) {
  let latest: readonly Removal[] = []
  return () => {
    const removals = chapters.flatMap((chapter) =>
      Object.values(chapter.getSnapshot().context.videos)
        .filter(isUndoable)
        .map((video) => ({ chapter, video })),
    )
    const isSame =
      removals.length === latest.length &&
      removals.every(({ video }, index) => video === latest[index]?.video)
    if (!isSame) latest = removals
    return latest
  }
}

const isUndoable = ({ status }: PendingVideo) => status === 'removing' || status === 'removed'
