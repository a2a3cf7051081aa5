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

/** A video that is removed, and the one that is added elsewhere instead. */
export interface Replacement<Row extends Subject = Subject, Added extends Subject = Subject> {
  video: Row
  replacement: Added
}

/** Records that videos were added or removed together. */
export function recordPresence(
  authoring: Authoring,
  kind: 'add' | 'remove',
  videos: readonly Subject[],
) {
  record(authoring, kind, videos.map(changePresence(kind === 'add')), videos)
}

const changePresence =
  (isPresent: boolean) =>
  ({ id }: Subject): Operation => ({
    entity: 'video',
    field: 'isPresent',
    id,
    from: !isPresent,
    to: isPresent,
  })

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

/**
 * Records that videos were moved together.
 * @param replacements videos that were removed, each with the one that was added elsewhere instead
 */
export function recordMoves(
  authoring: Authoring,
  moves: readonly Move[],
  kind: 'move' | 'sort',
  replacements: readonly Replacement[] = [],
) {
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
  const removed = replacements.map(({ video }) => video)
  const added = replacements.map(({ replacement }) => replacement)
  const replaced = [...removed.map(changePresence(false)), ...added.map(changePresence(true))]
  record(authoring, kind, [...operations, ...replaced], [...moved, ...added])
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
