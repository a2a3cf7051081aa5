import type { ReactNode } from 'react'
import { type LinkStatus, mostAttempts } from '#machines/video.machine.ts'
import { CheckIcon, ClockIcon, SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import type { ShownVideo } from '../fold-videos.ts'
import type { VideoSnapshot } from '../workspace.tsx'

type LinkNoteProps = { video: ShownVideo; snapshot: VideoSnapshot | undefined }

/** Where a video's link stands, by a shape and in words. */
export function LinkNote({ video, snapshot }: LinkNoteProps) {
  const { icon, look } = marks[video.status]
  return (
    <p className={`flex items-start gap-1.5 text-sm ${look}`}>
      {icon}
      <span className="min-w-0">{snapshot ? wordsOf(video, snapshot) : words[video.status]}</span>
    </p>
  )
}

const marks: Record<LinkStatus, { icon: ReactNode; look: string }> = {
  optimistic: { icon: <ClockIcon className="mt-0.5 size-4" />, look: 'text-ink-soft' },
  linking: { icon: <SpinnerIcon className="mt-0.5 size-4" />, look: 'text-ink-soft' },
  linked: { icon: <CheckIcon className="mt-0.5 size-4 text-success" />, look: 'text-ink-soft' },
  failed: { icon: <WarningIcon className="mt-0.5 size-4" />, look: 'text-danger' },
}

const words: Record<LinkStatus, string> = {
  optimistic: 'Waiting to be linked',
  linking: 'Linking…',
  linked: 'Linked',
  failed: 'Not linked',
}

function wordsOf({ status, isRemovedElsewhere }: ShownVideo, snapshot: VideoSnapshot): string {
  const { attempt, problem } = snapshot.context
  if (isRemovedElsewhere) return 'Removed elsewhere; kept here for the name you typed'
  if (status === 'optimistic') return 'Waiting for the connection'
  if (snapshot.hasTag('restoring')) return 'Bringing it back…'
  const attemptShown = snapshot.hasTag('retrying') ? attempt + 1 : attempt
  if (status === 'linking' && attemptShown > 1) {
    return `No answer yet; trying again (${attemptShown} of ${mostAttempts})`
  }
  if (status === 'failed') {
    return `Not linked: ${problem?.detail ?? 'the server did not answer. Check the connection, then retry.'}`
  }
  return words[status]
}
