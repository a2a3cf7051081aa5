import type { VideoSnapshot } from '../authoring-context.tsx'
import type { ShownVideo } from '../fold-videos.ts'

/** The classes of a row's parts: quiet, or with room for notes that ask for a decision. */
export const findRowClasses = (video: ShownVideo, snapshot: VideoSnapshot | undefined) =>
  isQuiet(video, snapshot) ? quietClasses : loudClasses

/** With nothing to decide, notes take no line of their own, so that no row moves. */
function isQuiet(video: ShownVideo, snapshot: VideoSnapshot | undefined) {
  if (video.status === 'failed' || video.isRemovedElsewhere || video.isUploading) return false
  if (!snapshot) return true
  const loudTags = ['retrying', 'conflict', 'unsaved'] as const
  return (
    !loudTags.some((tag) => snapshot.hasTag(tag)) &&
    snapshot.context.blockedBy === null &&
    !snapshot.context.placeProblem
  )
}

const quietClasses = {
  name: 'row-span-2',
  editor: 'row-span-2',
  notes: 'quiet-notes row-span-2 row-start-1 max-sm:col-start-1',
}

const loudClasses = {
  name: '',
  // Extends beyond the row's edge, so that the row does not grow.
  editor: '-mt-2 -mb-1',
  notes: 'row-start-2 max-sm:col-span-3 max-sm:col-start-1 max-sm:pt-1',
}
