import type { RefObject } from 'react'
import type { Video } from '#contract/videos.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { isolate } from '#shared/isolate.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { MoveIcon, PencilIcon, RetryIcon, TrashIcon } from '#ui/icons.tsx'
import { readSaved, type ShownVideo } from '../fold-videos.ts'

type RowActionsProps = {
  video: ShownVideo
  tabIndex: number
  isEditing: boolean
  isRetryable: boolean
  renameButton: RefObject<HTMLButtonElement | null>
  dispatch: (video: Video, event: VideoEvent) => void
  onRetry: () => void
  onMove: (video: Video) => void
  onRemove: (video: ShownVideo) => void
}

/** The buttons of a row: retry, rename, move and remove. */
export function RowActions({
  video,
  tabIndex,
  isEditing,
  isRetryable,
  renameButton,
  dispatch,
  onRetry,
  onMove,
  onRemove,
}: RowActionsProps) {
  const { filename } = video
  return (
    <div
      className={`col-start-3 row-span-2 row-start-1 flex min-h-10 items-center gap-0.5 max-sm:row-end-2 max-sm:gap-0 ${isEditing ? 'max-sm:invisible' : ''}`}
    >
      {isRetryable && (
        <Button
          size="small"
          tabIndex={tabIndex}
          aria-label={`Retry ${filename}`}
          icon={<RetryIcon />}
          onClick={onRetry}
        >
          <span className="max-sm:sr-only">Retry</span>
        </Button>
      )}
      <IconButton
        ref={renameButton}
        size="small"
        tabIndex={tabIndex}
        label={`Rename ${isolate(filename)}`}
        icon={<PencilIcon />}
        aria-disabled={isEditing || video.isInOtherTab}
        onClick={() => {
          if (!isEditing) dispatch(video, { type: 'video.edit', saved: readSaved(video) })
        }}
      />
      <IconButton
        size="small"
        tabIndex={tabIndex}
        label={`Move ${isolate(filename)}`}
        icon={<MoveIcon />}
        onClick={() => onMove(video)}
      />
      <IconButton
        size="small"
        variant="danger"
        tabIndex={tabIndex}
        label={`Remove ${isolate(filename)}`}
        icon={<TrashIcon />}
        onClick={() => onRemove(video)}
      />
    </div>
  )
}
