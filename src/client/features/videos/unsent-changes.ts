import { type ChapterActor, readChapterActors } from './authoring-context.tsx'
import { hasTyped } from './drafts.ts'
import { isSettled } from './fold-videos.ts'
import { findVideoActor } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** Whether this page has changes or typed text that the server does not have. */
export const hasUnsentChanges = (authoring: Authoring): boolean =>
  readChapterActors(authoring).some(hasUnsentVideos)

function hasUnsentVideos(chapter: ChapterActor): boolean {
  const snapshot = chapter.getSnapshot()
  return snapshot.context.videos.list.some((video) => {
    const actor = video.isEditing && findVideoActor(snapshot, video.id)
    return !isSettled(video) || (actor && hasTyped(actor))
  })
}
