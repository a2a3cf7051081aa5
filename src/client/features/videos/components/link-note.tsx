import type { ReactNode } from 'react'
import { describeRetry } from '#client/lib/http.ts'
import { isProblemKind } from '#contract/problem.ts'
import { isRestoring, type LinkStatus, maxAttempts } from '#machines/video.context.ts'
import { Button } from '#ui/button.tsx'
import { ClockIcon, SpinnerIcon, WarningIcon } from '#ui/icons.tsx'
import type { VideoSnapshot } from '../authoring-context.tsx'
import type { ShownVideo } from '../fold-videos.ts'
import { useReveal } from '../reveal.store.ts'

type LinkNoteProps = {
  video: ShownVideo
  snapshot: VideoSnapshot | undefined
  /** The row that already shows the asset, so that a retry can't succeed. */
  duplicateRowId: string | undefined
}

/** Whether the link was refused because the chapter has the asset in another row. */
export function wasRefusedAsDuplicate(snapshot: VideoSnapshot | undefined): boolean {
  const problem = snapshot?.context.problem
  return problem ? isProblemKind(problem, 'asset-already-linked') : false
}

/** The status of a video's link, as an icon and a text. A linked video needs no note. */
export function LinkNote({ video, snapshot, duplicateRowId }: LinkNoteProps) {
  const { status } = video
  if (status === 'linked') return null
  const { icon, className } = marks[status]
  const plainLabels = video.isInOtherTab ? otherTabLabels : labels
  return (
    <>
      <p className={`flex items-start gap-1.5 text-sm ${className}`}>
        {icon}
        <span className="min-w-0">
          {snapshot ? describeLink(status, snapshot, duplicateRowId) : plainLabels[status]}
        </span>
      </p>
      {duplicateRowId !== undefined && (
        <Button size="small" onClick={() => useReveal.getState().reveal(duplicateRowId)}>
          Show the other video
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

const labels: Record<Unlinked, string> = {
  optimistic: 'Waiting to be linked',
  linking: 'Linking…',
  failed: 'Not linked',
}

const otherTabLabels: Record<Unlinked, string> = {
  optimistic: 'Waiting to be linked in another tab',
  linking: 'Linking in another tab…',
  failed: 'Not linked. See the tab where it was added.',
}

const noResponse = 'the server didn’t respond. Check your connection, then retry.'

function describeLink(
  status: Unlinked,
  snapshot: VideoSnapshot,
  duplicateRowId: string | undefined,
) {
  const { attempt, problem, failure, blockedBy } = snapshot.context
  if (status === 'optimistic' && blockedBy) return 'Waiting for an earlier change to finish'
  if (status === 'linking' && isRestoring(snapshot.context)) return 'Restoring…'
  const shownAttempt = snapshot.hasTag('retrying') ? attempt + 1 : attempt
  if (status === 'linking' && shownAttempt > 1) {
    const count = `(${shownAttempt} of ${maxAttempts})`
    return failure === null
      ? `No response yet; trying again ${count}`
      : `${describeRetry(failure)} ${count}`
  }
  if (duplicateRowId !== undefined) {
    return 'Not linked: this video is already in the chapter. Remove one of the two rows.'
  }
  if (status === 'failed') {
    return `Not linked: ${problem?.detail ?? failure ?? noResponse}`
  }
  return labels[status]
}
