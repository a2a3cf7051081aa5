import type { Video } from '#contract/videos.ts'
import { dispatchToVideos } from './dispatch-videos.ts'
import { readSaved, type ShownVideo } from './fold-videos.ts'
import {
  type Move,
  type Rename,
  recordAddedOrRemoved,
  recordMoves,
  recordRenames,
} from './record-changes.ts'
import type { Authoring } from './videos.actors.ts'

/** Removes videos together: they disappear immediately, and a single undo restores them. */
export function removeVideos(authoring: Authoring, videos: readonly ShownVideo[]) {
  dispatchToVideos(
    authoring,
    videos.map((video) => ({ video, event: { type: 'video.remove' } })),
  )
  recordAddedOrRemoved(authoring, 'remove', videos)
}

/** Moves each video to its own place; a single undo moves them all back. */
export function changePlaces(
  authoring: Authoring,
  moves: readonly Move<Video>[],
  kind: 'move' | 'sort',
) {
  dispatchToVideos(
    authoring,
    moves.map(({ video, to }) => ({ video, event: { type: 'video.move', place: to } })),
  )
  recordMoves(authoring, moves, kind)
}

/**
 * Renames videos together, bypassing their editors: an open one stays open, with its text. Each
 * name is sent, and can fail, by itself; a single undo reverts them all.
 */
export function renameVideos(authoring: Authoring, renames: readonly Rename<ShownVideo>[]) {
  const changed = renames.filter(({ video, filename }) => filename !== video.filename)
  dispatchToVideos(
    authoring,
    changed.map(({ video, filename }) => ({
      video,
      event: { type: 'video.setFilename', filename, saved: readSaved(video) },
    })),
  )
  recordRenames(authoring, changed)
}
