import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { PendingVideo } from '#machines/chapter.machine.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { formatCount } from '#shared/count.ts'
import { isolate } from '#shared/isolate.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { focusContent, focusFirstControl } from '#ui/focus.ts'
import { CloseIcon, UndoIcon } from '#ui/icons.tsx'
import { findVideoActor } from '../use-chapter.ts'
import { type Removal, useRemovals } from '../use-removals.ts'

/** How long a removal can be undone after the last one, while nobody uses the notice; in ms. */
const shownFor = 15_000

type RemovalNoticesProps = { findChapterTitle: (chapterId: string) => string | undefined }

/** What was removed in any chapter and can still be brought back, in one notice. */
export function RemovalNotices({ findChapterTitle }: RemovalNoticesProps) {
  const removals = useRemovals()
  return (
    <aside
      aria-label="Removed videos"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-30 mx-auto max-w-md"
    >
      {removals.length > 0 && (
        <RemovalNotice removals={removals} words={describe(removals, findChapterTitle)} />
      )}
    </aside>
  )
}

function RemovalNotice({ removals, words }: { removals: readonly Removal[]; words: string }) {
  const [isUsed, setUsed] = useState(false)
  const isConfirmed = removals.every(({ video }) => video.status === 'removed')
  const undoLabel =
    removals.length === 1
      ? `Undo removing ${removals[0]?.video.wanted.filename}`
      : `Undo removing ${formatCount(removals.length, 'video')}`

  useEffect(() => {
    if (isUsed) return
    const timer = setTimeout(() => sendToAll(removals, { type: 'video.forget' }), shownFor)
    return () => clearTimeout(timer)
  }, [removals, isUsed])

  return (
    <section
      ref={handOnFocus}
      aria-label={words}
      data-notice
      onPointerEnter={() => setUsed(true)}
      onPointerLeave={({ currentTarget }) =>
        setUsed(currentTarget.contains(document.activeElement))
      }
      onFocus={() => setUsed(true)}
      onBlur={({ currentTarget }) => setUsed(currentTarget.matches(':hover'))}
      className="pointer-events-auto flex min-h-11 animate-appear items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-floating"
    >
      <p className="line-clamp-2 min-w-0 flex-1 break-words">{words}</p>
      <Button
        size="small"
        icon={<UndoIcon />}
        aria-label={undoLabel}
        onClick={() => restore(removals)}
      >
        Undo
      </Button>
      {isConfirmed && (
        <IconButton
          size="small"
          label="Dismiss"
          icon={<CloseIcon />}
          onClick={() => flushSync(() => sendToAll(removals, { type: 'video.forget' }))}
        />
      )}
    </section>
  )
}

function describe(
  removals: readonly Removal[],
  findChapterTitle: RemovalNoticesProps['findChapterTitle'],
): string {
  const [first] = removals
  if (removals.length === 1) return `Removed ${isolate(first?.video.wanted.filename ?? '')}`
  const chapterIds = new Set(removals.map(({ chapter }) => chapter.id))
  const title = findChapterTitle(first?.chapter.id ?? '')
  const place =
    chapterIds.size > 1 ? formatCount(chapterIds.size, 'chapter') : `“${isolate(title ?? '')}”`
  const videos = formatCount(removals.length, 'video')
  return chapterIds.size > 1 || title ? `Removed ${videos} from ${place}` : `Removed ${videos}`
}

/** Brings videos back and focuses the first. */
function restore(removals: readonly Removal[]) {
  flushSync(() => sendToAll(removals, { type: 'video.restore' }))
  focusFirstControl(document.querySelector(`[data-video-id="${removals[0]?.video.id}"]`))
}

function sendToAll(removals: readonly Removal[], event: VideoEvent) {
  for (const { chapter, video } of removals) send(chapter, video, event)
}

const send = (chapter: Removal['chapter'], { id }: PendingVideo, event: VideoEvent) =>
  findVideoActor(chapter.getSnapshot(), id)?.send(event)

/** A notice can go while it has the focus, which must not be lost then. */
const handOnFocus = (notice: HTMLElement | null) => () => {
  if (notice?.contains(document.activeElement)) focusContent()
}
