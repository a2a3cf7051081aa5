import { v7 as uuidv7 } from 'uuid'
import type { MediaPick, Video } from '#contract/videos.ts'
import { isPlaceRemoved } from '#machines/video.context.ts'
import { groupBy } from '#shared/groups.ts'
import { linkVideos } from './add-videos.ts'
import { readPendingVideos, sendTogether } from './authoring-context.tsx'
import { dispatchToVideos } from './dispatch-videos.ts'
import { readSaved, type ShownVideo } from './fold-videos.ts'
import {
  type Move,
  type Rename,
  recordMoves,
  recordPresence,
  recordRenames,
} from './record-changes.ts'
import type { Authoring } from './videos.actors.ts'

/** Removes videos together: they disappear immediately, and a single undo restores them. */
export function removeVideos(authoring: Authoring, videos: readonly ShownVideo[]) {
  dispatchToVideos(
    authoring,
    videos.map((video) => ({ video, event: { type: 'video.remove' } })),
  )
  recordPresence(authoring, 'remove', videos)
}

/**
 * Moves each video to its own place; a single undo moves them all back. One that was refused because
 * somebody else had removed its chapter is added to the other chapter anew: until its own chapter is
 * restored, the server may refuse whatever is sent under the old id.
 */
export function changePlaces(
  authoring: Authoring,
  moves: readonly Move<Video>[],
  kind: 'move' | 'sort',
) {
  const refused = readRefused(authoring)
  const isReplaced = ({ video, to }: Move<Video>) =>
    refused.has(video.id) && refused.get(video.id) !== to.chapterId
  const replacements = moves.filter(isReplaced).map(replaceVideo)
  const rest = moves.filter((move) => !isReplaced(move))
  sendTogether(() => {
    dispatchToVideos(authoring, [
      ...rest.map(({ video, to }) => ({
        video,
        event: { type: 'video.move' as const, place: to },
      })),
      ...replacements.map(({ video }) => ({ video, event: { type: 'video.remove' as const } })),
    ])
    for (const [chapterId, group] of groupBy(replacements, (one) => one.replacement.chapterId)) {
      linkVideos(
        authoring,
        chapterId,
        group.map(({ replacement }) => replacement),
      )
    }
  })
  recordMoves(authoring, rest, kind, replacements)
}

/**
 * The chapters of the videos that were refused because their chapter was removed, by the videos’
 * ids. One with an open editor is left out: its text belongs to the id.
 */
function readRefused(authoring: Authoring): ReadonlyMap<string, string> {
  const refused = readPendingVideos(authoring).filter(
    ({ problem, isEditing }) => problem && isPlaceRemoved(problem) && !isEditing,
  )
  return new Map(refused.map(({ id, confirmed }) => [id, confirmed.chapterId]))
}

const replaceVideo = ({ video, to: { chapterId, position } }: Move<Video>) => ({
  video,
  replacement: { ...pickAsset(video), id: uuidv7(), chapterId, position, version: 0, revision: 0 },
})

const pickAsset = ({ mediaId, durationSeconds, filename }: Video): MediaPick => ({
  mediaId,
  durationSeconds,
  filename,
})

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
