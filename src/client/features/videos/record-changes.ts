import type { Video } from '#contract/videos.ts'
import type { ChangeKind, NewChange, Operation } from '#machines/history.ts'
import type { Place } from '#machines/video.context.ts'
import type { Authoring } from './videos.actors.ts'

type Subject = Pick<Video, 'id' | 'filename' | 'chapterId'>

/** A video and its new name. */
export interface Rename<Row extends Subject = Subject> {
  /** The video before the change. */
  video: Row
  filename: string
}

type Placed = Subject & Pick<Video, 'position'>

/** A video and its new place. */
export interface Move<Row extends Placed = Placed> {
  /** The video before the change. */
  video: Row
  to: Place
}

/** Records that videos were added or removed together. */
export function recordAddedOrRemoved(
  authoring: Authoring,
  kind: 'add' | 'remove',
  videos: readonly Subject[],
) {
  const isPresent = kind === 'add'
  const operations = videos.map(
    ({ id }): Operation => ({
      entity: 'video',
      field: 'isPresent',
      id,
      from: !isPresent,
      to: isPresent,
    }),
  )
  record(authoring, kind, operations, videos)
}

/** Records that videos were renamed together. */
export function recordRenames(authoring: Authoring, renames: readonly Rename[]) {
  const operations = renames.map(
    ({ video, filename }): Operation => ({
      entity: 'video',
      field: 'filename',
      id: video.id,
      from: video.filename,
      to: filename,
    }),
  )
  const renamed = renames.map(({ video, filename }) => ({ ...video, filename }))
  record(authoring, 'rename', operations, renamed)
}

/** Records that videos were moved together. */
export function recordMoves(authoring: Authoring, moves: readonly Move[], kind: 'move' | 'sort') {
  const operations = moves.map(
    ({ video: { id, chapterId, position }, to }): Operation => ({
      entity: 'video',
      field: 'place',
      id,
      from: { chapterId, position },
      to,
    }),
  )
  const moved = moves.map(({ video, to: { chapterId } }) => ({ ...video, chapterId }))
  record(authoring, kind, operations, moved)
}

function record(
  authoring: Authoring,
  kind: ChangeKind,
  operations: Operation[],
  subjects: readonly Subject[],
) {
  const [first] = subjects
  if (!first) return
  const change: NewChange = {
    kind,
    operations,
    madeAt: Date.now(),
    chapterIds: [...new Set(subjects.map(({ chapterId }) => chapterId))],
    ...(subjects.length === 1 && { name: first.filename }),
  }
  authoring.send({ type: 'change.made', change })
}
