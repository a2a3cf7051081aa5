import { isRemovedElsewhere } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { ClockIcon, SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import { Name } from '#ui/name.tsx'
import type { VideoSnapshot } from '../authoring-context.tsx'
import type { ShownVideo } from '../fold-videos.ts'
import { Choice, Note, type NoteProps } from './row-note.tsx'

type RenameNoteProps = {
  video: ShownVideo
  snapshot: VideoSnapshot
  send: (event: VideoEvent) => void
}

/** The status of a new name: pending, being saved, or in need of a decision. */
export function RenameNote({ video, snapshot, send }: RenameNoteProps) {
  const { context } = snapshot
  if (isRemovedElsewhere(context)) {
    return <RemovedNote text="Removed by someone else." send={send} event="video.retry" />
  }
  if (video.isRemovedElsewhere) {
    const text = 'Removed by someone else; shown here so you don’t lose your new name'
    return <RemovedNote text={text} send={send} event="video.restore" />
  }
  if (snapshot.hasTag('conflict')) {
    return (
      <Note
        icon={<WarningIcon />}
        className="text-warning"
        text="Renamed by someone else. Which name do you want to keep?"
      >
        <Choice onClick={() => send({ type: 'rename.keepMine' })}>
          Mine: <Name>{video.filename}</Name>
        </Choice>
        <Choice onClick={() => send({ type: 'rename.takeTheirs' })}>
          Theirs: <Name>{context.confirmed.filename}</Name>
        </Choice>
      </Note>
    )
  }
  if (snapshot.hasTag('unsaved')) {
    const { filenameProblem, failure } = context
    const reason = filenameProblem?.detail ?? failure ?? 'The server didn’t respond.'
    return (
      <Note icon={<WarningIcon />} className="text-danger" text={`New name not saved: ${reason}`}>
        <Choice onClick={() => send({ type: 'rename.retry' })}>Try again</Choice>
        <Choice onClick={() => send({ type: 'rename.discard' })}>
          Revert to <Name>{video.savedFilename}</Name>
        </Choice>
      </Note>
    )
  }
  return video.filename === video.savedFilename ? null : (
    <Note {...describePending(video, snapshot)} className="text-ink-soft" />
  )
}

type RemovedNoteProps = {
  text: string
  send: RenameNoteProps['send']
  event: 'video.retry' | 'video.restore'
}

const RemovedNote = ({ text, send, event }: RemovedNoteProps) => (
  <Note icon={<WarningIcon />} className="text-warning" text={text}>
    <Choice onClick={() => send({ type: event })}>Restore video</Choice>
  </Note>
)

function describePending(
  { status }: ShownVideo,
  snapshot: VideoSnapshot,
): Pick<NoteProps, 'icon' | 'text'> {
  if (status !== 'linked')
    return { icon: <ClockIcon />, text: 'New name will be saved once linked' }
  return snapshot.hasTag('retrying')
    ? { icon: <ClockIcon />, text: 'New name not saved yet; trying again' }
    : { icon: <SpinnerIcon />, text: 'Saving new name…' }
}
