import type { ReactNode } from 'react'
import { isOfKind } from '#contract/problem.ts'
import { isRestoring, type LinkStatus, maxAttempts } from '#machines/video.context.ts'
import { Button } from '#ui/button.tsx'
import { ClockIcon, SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import type { VideoSnapshot } from '../authoring-context.tsx'
import type { ShownVideo } from '../fold-videos.ts'
import { useReveal } from '../reveal.store.ts'

type LinkNoteProps = {
  video: ShownVideo
  snapshot: VideoSnapshot | undefined
  /** The row that shows the asset already, which no retry can change. */
  twinId: string | undefined
}

/** Whether the link was refused since the chapter has the asset in another row. */
export function isLinkedAlready(snapshot: VideoSnapshot | undefined): boolean {
  const problem = snapshot?.context.problem
  return problem ? isOfKind(problem, 'asset-already-linked') : false
}

/** The state of a video's link, as a shape and in words; that it is linked goes without saying. */
export function LinkNote({ video, snapshot, twinId }: LinkNoteProps) {
  const { status } = video
  if (status === 'linked') return null
  const { icon, className } = marks[status]
  const plainWords = video.isInOtherTab ? wordsOfOtherTab : words
  return (
    <>
      <p className={`flex items-start gap-1.5 text-sm ${className}`}>
        {icon}
        <span className="min-w-0">
          {snapshot ? describeLink(status, snapshot, twinId) : plainWords[status]}
        </span>
      </p>
      {twinId !== undefined && (
        <Button size="small" onClick={() => useReveal.getState().reveal(twinId)}>
          Show the other one
        </Button>
      )}
    </>
  )
}

type Unlinked = Exclude<LinkStatus, 'linked'>

const marks: Record<Unlinked, { icon: ReactNode; className: string }> = {
  optimistic: { icon: <ClockIcon className="mt-0.5 size-4" />, className: 'text-ink-soft' },
  linking: { icon: <SpinnerIcon className="mt-0.5 size-4" />, className: 'text-ink-soft' },
  failed: { icon: <WarningIcon className="mt-0.5 size-4" />, className: 'text-danger' },
}

const words: Record<Unlinked, string> = {
  optimistic: 'Waiting to be linked',
  linking: 'Linking…',
  failed: 'Not linked',
}

const wordsOfOtherTab: Record<Unlinked, string> = {
  optimistic: 'Waiting in another tab to be linked',
  linking: 'Linking in another tab…',
  failed: 'Not linked; the tab where it was added says why',
}

function describeLink(status: Unlinked, snapshot: VideoSnapshot, twinId: string | undefined) {
  const { attempt, problem, blockedBy } = snapshot.context
  if (status === 'optimistic' && blockedBy) return 'Waiting for an earlier removal to finish'
  if (status === 'linking' && isRestoring(snapshot.context)) return 'Bringing it back…'
  const shownAttempt = snapshot.hasTag('retrying') ? attempt + 1 : attempt
  if (status === 'linking' && shownAttempt > 1) {
    return `No answer yet; trying again (${shownAttempt} of ${maxAttempts})`
  }
  if (twinId !== undefined) {
    return 'Not linked: the chapter has this video already. Remove one of the two rows.'
  }
  if (status === 'failed') {
    return `Not linked: ${problem?.detail ?? 'the server did not answer. Check the connection, then retry.'}`
  }
  return words[status]
}
