import type { QueryStatus } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Chapter } from '#contract/chapters.ts'
import type { ChapterContext } from '#machines/chapter.machine.ts'
import {
  countLinks,
  hasRefusedMove,
  hasUnsavedName,
  type LinkCounts,
} from '#machines/link-progress.ts'
import { hasVideo, type PendingVideo } from '#machines/pending-videos.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { ChevronIcon, RetryIcon } from '#ui/icons.tsx'
import { useThrottled } from '#ui/use-throttled.ts'
import { addToSummary, sumVideos } from '../chapter-totals.ts'
import { isOnlyInOtherTab, type ShownVideo, shownChapterId } from '../fold-videos.ts'
import { listRetryable } from '../retryable.ts'
import { useReveal } from '../reveal.store.ts'
import { useRetryFailed, useShownVideos } from '../use-chapter.ts'

type LinkStatusProps = {
  chapter: Chapter
  /** Whether the chapter is near the viewport, so that its list is loaded. */
  isNear: boolean
  isCollapsed: boolean
  /** Called before a row is revealed, to expand the chapter. */
  onReveal: () => void
}

/**
 * The status of a chapter's links, names and moves in one line, so that a screen reader announces
 * the sum instead of each row.
 */
export function LinkStatus({ chapter, isNear, isCollapsed, onReveal }: LinkStatusProps) {
  const chapterId = chapter.id
  const retryFailed = useRetryFailed(chapterId)
  const line = useRef<HTMLParagraphElement>(null)
  const { videos, pending, query, context } = useShownVideos(chapterId, isNear)
  const here = pending.list.filter(
    (video) => shownChapterId(video) === chapterId && !isOnlyInOtherTab(video),
  )
  const counts = countLinks({ counted: listCounted(context, here), videos: pending })
  const unsaved = here.filter(hasUnsavedName)
  const unmoved = here.filter(hasRefusedMove)
  const totals = query.data || isNear ? sumVideos(videos) : addToSummary(chapter, videos)
  const list = isNear ? query.status : 'success'
  const showsLinks = counts.total > (isCollapsed ? counts.linked : 0)
  const links = showsLinks ? progress(counts) : sum(totals.videoCount, list)
  const text = useThrottled(
    [
      links,
      unsaved.length > 0 && `${formatCount(unsaved.length, 'name')} not saved`,
      unmoved.length > 0 && `${unmoved.length} not moved`,
    ]
      .filter(Boolean)
      .join(', '),
  )
  const undecided = new Set([...unsaved, ...unmoved].map(({ id }) => id))
  const lastRevealed = useRef(-1)
  const revealNextFailed = () => {
    const isFailed = ({ id, status }: ShownVideo) => status === 'failed' || undecided.has(id)
    const next = videos.findIndex((video, index) => index > lastRevealed.current && isFailed(video))
    lastRevealed.current = next >= 0 ? next : videos.findIndex(isFailed)
    const video = videos[lastRevealed.current]
    if (!video) return
    onReveal()
    useReveal.getState().reveal(video.id)
  }

  return (
    <div className="status-line flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
      <p ref={line} role="status" tabIndex={-1} className="text-sm text-ink-soft tabular-nums">
        {text}
      </p>
      <Duration seconds={totals.durationSeconds} />
      {counts.failed + undecided.size > 0 && (
        <div className="flex items-center gap-x-3">
          {listRetryable(videos).length > 0 && (
            <Button
              size="small"
              icon={<RetryIcon />}
              onClick={() => restoreFocusAfter(retryFailed, () => line.current)}
            >
              Retry failed
            </Button>
          )}
          <IconButton
            size="small"
            label="Next failed video"
            icon={<ChevronIcon />}
            onClick={revealNextFailed}
          />
        </div>
      )}
    </div>
  )
}

/** The total duration. It is not announced, since the sum above says what has changed. */
function Duration({ seconds }: { seconds: number }) {
  return (
    seconds > 0 && (
      <p className="text-sm text-ink-soft tabular-nums">
        <span className="sr-only">Duration: </span>
        <span>{formatDuration(seconds)}</span>
      </p>
    )
  )
}

/** A video that was moved here from another chapter counts until it is linked. */
function listCounted({ counted, videos }: ChapterContext, here: readonly PendingVideo[]) {
  const countedIds = new Set(counted)
  return here
    .filter(
      ({ id, status }) => countedIds.has(id) || (!hasVideo(videos, id) && status !== 'linked'),
    )
    .map(({ id }) => id)
}

function progress({ linked, failed, total }: LinkCounts) {
  const done = `${linked} of ${total} linked`
  return failed > 0 ? `${done}, ${failed} failed` : done
}

function sum(count: number, list: QueryStatus) {
  if (list === 'pending') return 'Loading videos…'
  // The list below shows the error; “0 videos” would be wrong.
  return list === 'error' && count === 0 ? '' : formatCount(count, 'video')
}
