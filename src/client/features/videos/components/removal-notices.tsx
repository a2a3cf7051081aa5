import { useSelector } from '@xstate/react'
import { flushSync } from 'react-dom'
import type { PendingVideo } from '#machines/chapter.machine.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { formatCount } from '#shared/count.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { focusContent, focusFirstControl } from '#ui/focus.ts'
import { CloseIcon, UndoIcon } from '#ui/icons.tsx'
import { type ChapterActor, useChapterActors } from '../authoring-context.tsx'
import { findVideoActor } from '../use-chapter.ts'

/** What was removed in any chapter and can still be brought back. */
export function RemovalNotices() {
  const chapters = useChapterActors()
  return (
    <aside
      aria-label="Removed videos"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-30 mx-auto flex max-w-md flex-col gap-2"
    >
      {chapters.map((chapter) => (
        <ChapterRemovals key={chapter.id} chapter={chapter} />
      ))}
    </aside>
  )
}

function ChapterRemovals({ chapter }: { chapter: ChapterActor }) {
  const videos = useSelector(chapter, ({ context }) => context.videos)
  const removed = Object.values(videos).filter(isUndoable)
  return (
    <>
      {removed.length > maxShown && (
        <Notice
          words={`Removed ${formatCount(removed.length, 'video')}`}
          undoLabel="Undo all"
          onUndo={() => restore(chapter, removed)}
        />
      )}
      {removed.slice(-maxShown).map((video) => (
        <VideoRemoval key={video.id} chapter={chapter} video={video} />
      ))}
    </>
  )
}

function VideoRemoval({ chapter, video }: { chapter: ChapterActor; video: PendingVideo }) {
  const { filename } = video.wanted
  const dismiss = () => sendToVideo(chapter, video, { type: 'video.forget' })
  return (
    <Notice
      words={`Removed ${filename}`}
      undoLabel={`Undo removing ${filename}`}
      onUndo={() => restore(chapter, [video])}
      {...(video.status === 'removed' && { onDismiss: dismiss })}
    />
  )
}

type NoticeProps = {
  words: string
  undoLabel: string
  onUndo: () => void
  /** Given once the removal is confirmed. */
  onDismiss?: () => void
}

const Notice = ({ words, undoLabel, onUndo, onDismiss }: NoticeProps) => (
  <div
    ref={handOnFocus}
    data-notice
    className="pointer-events-auto flex min-h-11 animate-appear items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-floating"
  >
    <p className="line-clamp-2 min-w-0 flex-1">{words}</p>
    <Button size="small" icon={<UndoIcon />} aria-label={undoLabel} onClick={onUndo}>
      Undo
    </Button>
    {onDismiss && (
      <IconButton
        size="small"
        label="Dismiss"
        icon={<CloseIcon />}
        onClick={({ currentTarget }) =>
          dismissNotice(currentTarget.closest('[data-notice]'), onDismiss)
        }
      />
    )}
  </div>
)

/** Brings videos back and focuses the first. */
function restore(chapter: ChapterActor, videos: readonly PendingVideo[]) {
  flushSync(() => {
    for (const video of videos) sendToVideo(chapter, video, { type: 'video.restore' })
  })
  focusFirstControl(document.querySelector(`[data-video-id="${videos[0]?.id}"]`))
}

const sendToVideo = (chapter: ChapterActor, { id }: PendingVideo, event: VideoEvent) =>
  findVideoActor(chapter.getSnapshot(), id)?.send(event)

/** Dismisses a notice and focuses the one beside it. */
function dismissNotice(notice: Element | null, dismiss: () => void) {
  const beside = notice?.nextElementSibling ?? notice?.previousElementSibling ?? null
  flushSync(dismiss)
  focusFirstControl(beside)
}

/** A notice also expires: the focus in it must not be lost then. */
const handOnFocus = (notice: HTMLElement | null) => () => {
  if (notice?.contains(document.activeElement)) focusContent()
}

const maxShown = 3

const isUndoable = ({ status }: PendingVideo) => status === 'removing' || status === 'removed'
