import type { ReactNode } from 'react'
import type { VideoEvent } from '#machines/video.machine.ts'
import { ClockIcon, SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import type { ShownVideo } from '../fold-videos.ts'
import type { VideoSnapshot } from '../workspace.tsx'

type RenameNoteProps = {
  video: ShownVideo
  snapshot: VideoSnapshot
  act: (command: VideoEvent) => void
}

/** What becomes of a new name: it waits, is saved, or needs a decision. */
export function RenameNote({ video, snapshot, act }: RenameNoteProps) {
  if (snapshot.hasTag('waiting')) {
    const reason = video.status === 'linked' ? 'the connection' : 'the link'
    return <Note icon={<ClockIcon />} look="text-ink-soft" words={`New name waits for ${reason}`} />
  }
  if (snapshot.hasTag('saving')) {
    return <Note icon={<SpinnerIcon />} look="text-ink-soft" words="Saving the new name…" />
  }
  if (snapshot.hasTag('conflict')) {
    return (
      <Note
        icon={<WarningIcon />}
        look="text-warning"
        words="Renamed elsewhere meanwhile. Which name stays?"
      >
        <Choice
          onClick={() => act({ type: 'rename.keepMine' })}
        >{`Mine: ${video.filename}`}</Choice>
        <Choice onClick={() => act({ type: 'rename.takeTheirs' })}>
          {`Theirs: ${snapshot.context.theirs?.filename}`}
        </Choice>
      </Note>
    )
  }
  if (snapshot.hasTag('unsaved')) {
    const reason = snapshot.context.renameProblem?.detail ?? 'The server did not answer.'
    return (
      <Note icon={<WarningIcon />} look="text-danger" words={`New name not saved: ${reason}`}>
        {video.isRemovedElsewhere ? (
          <Choice onClick={() => act({ type: 'video.restore' })}>Bring the video back</Choice>
        ) : (
          <Choice onClick={() => act({ type: 'rename.retry' })}>Try again</Choice>
        )}
        <Choice onClick={() => act({ type: 'rename.discard' })}>
          {video.isRemovedElsewhere ? 'Discard the name' : `Back to ${video.savedFilename}`}
        </Choice>
      </Note>
    )
  }
  return null
}

const Choice = ({ children, onClick }: { children: string; onClick: () => void }) => (
  <button type="button" className={choiceLook} onClick={onClick}>
    {children}
  </button>
)

const choiceLook =
  'min-h-7 max-w-full rounded-md border border-line bg-surface px-2 py-0.5 text-left text-sm font-medium break-words text-ink shadow-raised hover:bg-hover max-sm:min-h-10'

type NoteProps = { icon: ReactNode; look: string; words: string; children?: ReactNode }

const Note = ({ icon, look, words, children }: NoteProps) => (
  <div className="mt-1 flex flex-wrap items-center gap-2">
    <p className={`flex items-start gap-1.5 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 ${look}`}>
      {icon}
      <span className="min-w-0">{words}</span>
    </p>
    {children}
  </div>
)
