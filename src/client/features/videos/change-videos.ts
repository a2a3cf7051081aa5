import { readSaved, type ShownVideo } from './fold-videos.ts'
import { type Rename, recordPresence, recordRenames } from './record-changes.ts'
import { dispatchToVideo } from './use-chapter.ts'
import type { Authoring } from './videos.actors.ts'

/** Removes videos together: they are gone from the page at once, and one undo brings them back. */
export function removeVideos(authoring: Authoring, videos: readonly ShownVideo[]) {
  for (const video of videos) dispatchToVideo(authoring, video, { type: 'video.remove' })
  recordPresence(authoring, 'remove', videos)
}

/**
 * Renames videos together, without their editors: one that is open stays open, with its text. Each
 * name is sent, and can fail, by itself; one undo takes them all back.
 */
export function renameVideos(authoring: Authoring, renames: readonly Rename<ShownVideo>[]) {
  const changed = renames.filter(({ video, filename }) => filename !== video.filename)
  for (const { video, filename } of changed) {
    dispatchToVideo(authoring, video, {
      ...{ type: 'video.setFilename', filename, saved: readSaved(video) },
    })
  }
  recordRenames(authoring, changed)
}
