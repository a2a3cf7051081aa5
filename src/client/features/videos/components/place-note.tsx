import { isMoving } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { ClockIcon, WarningIcon } from '#ui/icons.tsx'
import type { VideoSnapshot } from '../authoring-context.tsx'
import type { ShownVideo } from '../fold-videos.ts'
import { Choice, Note } from './row-note.tsx'

type PlaceNoteProps = {
  video: ShownVideo
  snapshot: VideoSnapshot
  send: (event: VideoEvent) => void
}

/** The status of a move that is slow or was refused. Any other move shows only its result. */
export function PlaceNote({ video, snapshot, send }: PlaceNoteProps) {
  const { context } = snapshot
  if (context.placeProblem) {
    const { chapterId, position } = video
    return (
      <Note
        icon={<WarningIcon />}
        className="text-danger"
        text={`Not moved: ${context.placeProblem.detail}`}
      >
        <Choice onClick={() => send({ type: 'video.move', place: { chapterId, position } })}>
          Keep it here
        </Choice>
      </Note>
    )
  }
  if (!isMoving(context) || !snapshot.hasTag('retrying')) return null
  const text = 'Move not saved yet; trying again'
  return <Note icon={<ClockIcon />} className="text-ink-soft" text={text} />
}
