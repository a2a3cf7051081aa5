import { useSelector } from '@xstate/react'
import { flushSync } from 'react-dom'
import { formatCount } from '#shared/count.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { focusContent, focusFirstControl } from '#ui/focus.ts'
import { CloseIcon, UndoIcon } from '#ui/icons.tsx'
import { type ChapterActor, useOpenChapters, type VideoActor, videosIn } from '../workspace.tsx'

/** What was removed and can still be brought back, in whichever chapter. */
export function RemovalNotices() {
  const chapters = useOpenChapters()
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
  // A selector that looks at every video would do so at each one's every step.
  const { children } = useSelector(chapter, (snapshot) => snapshot)
  const removed = videosIn(children).filter(isUndoable)
  return (
    <>
      {removed.length > mostShown && (
        <Notice
          words={`Removed ${formatCount(removed.length, 'video')}`}
          undoLabel="Undo all"
          onUndo={() => restore(removed)}
        />
      )}
      {removed.slice(-mostShown).map((video) => (
        <VideoRemoval key={video.id} video={video} />
      ))}
    </>
  )
}

function VideoRemoval({ video }: { video: VideoActor }) {
  const name = useSelector(video, ({ context }) => context.pendingFilename ?? context.filename)
  const isConfirmed = useSelector(video, (snapshot) => snapshot.can({ type: 'video.forget' }))
  return (
    <Notice
      words={`Removed ${name}`}
      undoLabel={`Undo removing ${name}`}
      onUndo={() => restore([video])}
      {...(isConfirmed && { onForget: () => video.send({ type: 'video.forget' }) })}
    />
  )
}

type NoticeProps = {
  words: string
  undoLabel: string
  onUndo: () => void
  /** Puts the notice away, once there is nothing left to wait for. */
  onForget?: () => void
}

const Notice = ({ words, undoLabel, onUndo, onForget }: NoticeProps) => (
  <div
    ref={handOnFocus}
    data-notice
    className="pointer-events-auto flex min-h-11 animate-appear items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-floating"
  >
    <p className="line-clamp-2 min-w-0 flex-1">{words}</p>
    <Button size="small" icon={<UndoIcon />} aria-label={undoLabel} onClick={onUndo}>
      Undo
    </Button>
    {onForget && (
      <IconButton
        size="small"
        label="Dismiss"
        icon={<CloseIcon />}
        onClick={({ currentTarget }) => putAway(currentTarget.closest('[data-notice]'), onForget)}
      />
    )}
  </div>
)

/** Brings videos back; the first of them has the focus that its notice had. */
function restore(videos: VideoActor[]) {
  flushSync(() => {
    for (const video of videos) video.send({ type: 'video.restore' })
  })
  focusFirstControl(document.querySelector(`[data-video-id="${videos[0]?.id}"]`))
}

/** The notice beside the one that was put away has the focus. */
function putAway(notice: Element | null, forget: () => void) {
  const beside = notice?.nextElementSibling ?? notice?.previousElementSibling ?? null
  flushSync(forget)
  focusFirstControl(beside)
}

/** A notice also goes by itself, in time: the focus that is in it then must not be lost. */
const handOnFocus = (notice: HTMLElement | null) => () => {
  if (notice?.contains(document.activeElement)) focusContent()
}

const mostShown = 3

function isUndoable(video: VideoActor): boolean {
  const snapshot = video.getSnapshot()
  return snapshot.hasTag('undoable') && snapshot.hasTag('hidden')
}
