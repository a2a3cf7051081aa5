import { useSelector } from '@xstate/react'
import { memo, type ReactNode, useRef } from 'react'
import { useIsBeingRenamed } from '#client/lib/live/presence.store.ts'
import type { Video } from '#contract/videos.ts'
import { isRemovedElsewhere } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { BeingRenamed } from '#ui/being-renamed.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import type { VideoActor, VideoSnapshot } from '../authoring-context.tsx'
import { discardDraft } from '../drafts.ts'
import type { ShownVideo } from '../fold-videos.ts'
import { canRetry } from '../retryable.ts'
import { FilenameEditor } from './filename-editor.tsx'
import { LinkNote, wasRefusedAsDuplicate } from './link-note.tsx'
import { PlaceNote } from './place-note.tsx'
import { PlayButton } from './play-button.tsx'
import { RenameNote } from './rename-note.tsx'
import { RowActions } from './row-actions.tsx'
import { findRowClasses } from './row-classes.ts'

export type RowContentProps = {
  video: ShownVideo
  actor: VideoActor | undefined
  dispatch: (video: Video, event: VideoEvent) => void
  onPlay: (video: Video) => void
  onMove: (video: Video) => void
  onRemove: (video: ShownVideo) => void
  /** Whether this row and its buttons are the one tab stop of the list. */
  isTabStop: boolean
  isSelected: boolean
  /** For a failed row, another row with the same asset. */
  duplicateRowId: string | undefined
  /** Renders the upload progress of a video's file. */
  renderUpload: RenderUpload
}

export type RenderUpload = (mediaId: string, tabIndex: number) => ReactNode

/** A video, the status of its link and name, and its actions. */
export const RowContent = memo(function RowContent(props: RowContentProps) {
  const { video, actor, dispatch, onPlay, onMove, onRemove, isTabStop, isSelected } = props
  const { renderUpload } = props
  const tabIndex = isTabStop ? 0 : -1
  const snapshot = useSelector(actor, (current) => current)
  const duplicateRowId = wasRefusedAsDuplicate(snapshot) ? props.duplicateRowId : undefined
  const renameButton = useRef<HTMLButtonElement>(null)
  const { filename } = video
  const isEditing = snapshot?.hasTag('editing') ?? false
  const isBeingRenamed = useIsBeingRenamed(video.id)
  const classes = findRowClasses(video, snapshot)
  const send = (event: VideoEvent) =>
    restoreFocusAfter(
      () => dispatch(video, event),
      () => renameButton.current,
    )
  const closeEditor = (event: VideoEvent) => {
    // Before the row changes: moving the focus afterwards would force a layout. A phone hides the
    // button until then; there, `restoreFocusAfter` focuses it.
    renameButton.current?.focus()
    if (actor) discardDraft(actor)
    send(event)
  }

  return (
    <>
      <PlayButton video={video} onPlay={onPlay} tabIndex={tabIndex} />
      <p
        dir="auto"
        data-filename
        // During editing it stays invisible, to keep the row's height.
        className={`col-start-2 row-start-1 self-center break-words max-sm:text-sm max-sm:leading-4.5 ${classes.name} ${isEditing ? 'invisible' : ''}`}
      >
        {filename}
      </p>
      {isEditing && actor && (
        <div
          className={`row-editor relative col-start-2 row-start-1 self-center max-sm:col-end-4 max-sm:my-0 ${classes.editor}`}
        >
          <FilenameEditor
            actor={actor}
            filename={filename}
            onSave={(typed) =>
              closeEditor(
                typed === filename
                  ? { type: 'video.cancel' }
                  : { type: 'video.rename', filename: typed },
              )
            }
            onCancel={() => closeEditor({ type: 'video.cancel' })}
          />
        </div>
      )}
      <div className={`col-start-2 flex flex-wrap items-center gap-x-3 gap-y-1 ${classes.notes}`}>
        {video.isUploading && !video.isInOtherTab && renderUpload(video.mediaId, tabIndex)}
        {hasLinkNote(video, snapshot) && (
          <LinkNote video={video} snapshot={snapshot} duplicateRowId={duplicateRowId} />
        )}
        {snapshot && <RenameNote video={video} snapshot={snapshot} send={send} />}
        {snapshot && <PlaceNote video={video} snapshot={snapshot} send={send} />}
        {isBeingRenamed && <BeingRenamed />}
      </div>
      <RowActions
        video={video}
        tabIndex={tabIndex}
        isEditing={isEditing}
        isRetryable={
          hasFailedOrWaits(video, snapshot) && canRetry(video, duplicateRowId !== undefined)
        }
        renameButton={renameButton}
        dispatch={dispatch}
        onRetry={() => send({ type: 'video.retry' })}
        onMove={onMove}
        onRemove={onRemove}
      />
      <RowCheck filename={filename} isSelected={isSelected} />
    </>
  )
})

/** An upload or a removal elsewhere has a note of its own instead. */
const hasLinkNote = (
  { isUploading, isInOtherTab, isRemovedElsewhere: isGone }: ShownVideo,
  snapshot: VideoSnapshot | undefined,
) =>
  (!isUploading || isInOtherTab) && !isGone && !(snapshot && isRemovedElsewhere(snapshot.context))

/** Whether the link has failed or waits for a retry. */
const hasFailedOrWaits = ({ status }: ShownVideo, snapshot: VideoSnapshot | undefined) =>
  status === 'failed' || (status === 'linking' && snapshot?.hasTag('retrying') === true)

/** The page handles its clicks, and Space on the row does the same, so it is not a tab stop. */
const RowCheck = ({ filename, isSelected }: { filename: string; isSelected: boolean }) => (
  // biome-ignore lint/a11y/useSemanticElements: React tracks the value of each input, of hundreds
  <button
    type="button"
    role="checkbox"
    aria-checked={isSelected}
    aria-label={`Select ${filename}`}
    tabIndex={-1}
    className="row-check"
  />
)
