import { WarningIcon } from '#ui/icons.tsx'

type PlaybackNoteProps = {
  /** Why the asset can’t be played, without a full stop. */
  explanation: string
}

/** Notes that this browser can’t play an asset; screen readers also get the reason. */
export const PlaybackNote = ({ explanation }: PlaybackNoteProps) => (
  <span title={explanation} className="flex shrink-0 items-center gap-1 whitespace-nowrap text-ink">
    <WarningIcon className="size-3.5" />
    <span>Can’t play here</span>
    <span className="sr-only">{`. ${explanation}.`}</span>
  </span>
)
