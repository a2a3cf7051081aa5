import { useSelector } from '@xstate/react'
import { shallow } from 'zustand/shallow'
import { countOf } from '../../../../shared/count.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { CloseIcon, UndoIcon } from '../../../ui/icons.tsx'
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
  const removed = useSelector(
    chapter,
    ({ children }) => videosIn(children).filter(isUndoable),
    shallow,
  )
  const older = removed.length - mostShown
  return (
    <>
      {older > 0 && (
        <Notice
          words={`Removed ${countOf(removed.length, 'video')}`}
          undoLabel="Undo all"
          onUndo={() => sendAll(removed, 'video.restore')}
          onForget={() => sendAll(removed, 'video.forget')}
        />
      )}
      {removed.slice(-mostShown).map((video) => {
        const { filename, pendingFilename } = video.getSnapshot().context
        const name = pendingFilename ?? filename
        return (
          <Notice
            key={video.id}
            words={`Removed ${name}`}
            undoLabel={`Undo removing ${name}`}
            onUndo={() => sendAll([video], 'video.restore')}
            onForget={() => sendAll([video], 'video.forget')}
          />
        )
      })}
    </>
  )
}

type NoticeProps = {
  words: string
  undoLabel: string
  onUndo: () => void
  onForget: () => void
}

const Notice = ({ words, undoLabel, onUndo, onForget }: NoticeProps) => (
  <div className="pointer-events-auto flex animate-appear items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-floating">
    <p className="line-clamp-2 min-w-0 flex-1">{words}</p>
    <Button size="small" icon={<UndoIcon />} aria-label={undoLabel} onClick={onUndo}>
      Undo
    </Button>
    <IconButton size="small" label="Put the notice away" icon={<CloseIcon />} onClick={onForget} />
  </div>
)

const mostShown = 3

function isUndoable(video: VideoActor): boolean {
  const snapshot = video.getSnapshot()
  return snapshot.hasTag('undoable') && snapshot.hasTag('hidden')
}

function sendAll(videos: VideoActor[], type: 'video.restore' | 'video.forget') {
  for (const video of videos) video.send({ type })
}
