import { useSelector } from '@xstate/react'
import { memo, type ReactNode, type Ref, useRef } from 'react'
import { Thumbnail } from '#client/lib/thumbnail.tsx'
import type { Video } from '#contract/videos.ts'
import { isRemovedElsewhere } from '#machines/video.context.ts'
import type { VideoEvent } from '#machines/video.machine.ts'
import { formatDuration } from '#shared/duration.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { MoveIcon, PencilIcon, RetryIcon, TrashIcon } from '#ui/icons.tsx'
import type { VideoActor, VideoSnapshot } from '../authoring-context.tsx'
import { dropDraft } from '../drafts.ts'
import { readSaved, type ShownVideo } from '../fold-videos.ts'
import { FilenameEditor } from './filename-editor.tsx'
import { isLinkedAlready, LinkNote } from './link-note.tsx'
import { PlaceNote } from './place-note.tsx'
import { RenameNote } from './rename-note.tsx'

export type VideoRowProps = RowContentProps & {
  index: number
  count: number
  offset: number
  measure: Ref<HTMLLIElement>
}

type RowContentProps = {
  video: ShownVideo
  actor: VideoActor | undefined
  dispatch: (video: Video, event: VideoEvent) => void
  onPlay: (video: Video) => void
  onMove: (video: Video) => void
  onRemove: (video: ShownVideo) => void
  /** A list is one stop of the Tab key: this row and its buttons, or another one. */
  isTabStop: boolean
  isSelected: boolean
  /** The row that shows the same asset, of a failed one. */
  twinId: string | undefined
  /** Shows how far the file of a video is, which is on its way into the library. */
  renderUpload: RenderUpload
}

export type RenderUpload = (mediaId: string, tabIndex: number) => ReactNode

/**
 * One linked video. A change of its place or of the list's length renders no more than this
 * element: hundreds may be mounted.
 */
export const VideoRow = memo(function VideoRow(props: VideoRowProps) {
  const { index, count, offset, measure, ...content } = props
  const { video, isTabStop, isSelected } = content
  return (
    <li
      ref={measure}
      aria-label={video.filename}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={isTabStop ? 0 : -1}
      data-index={index}
      data-video-id={video.id}
      data-status={video.status}
      data-selected={isSelected || undefined}
      // On paper the page has another width, and breaks between rows.
      className="video-row break-inside-avoid print:static print:transform-none! print:[content-visibility:visible] absolute inset-x-0 top-0 grid grid-cols-[4rem_minmax(0,1fr)_auto] items-start gap-x-3 border-b border-line px-3 py-2 max-sm:grid-cols-[3rem_minmax(0,1fr)_auto] max-sm:gap-x-2 max-sm:px-2 max-sm:py-1.5"
      style={{ transform: `translateY(${offset}px)` }}
    >
      <RowContent {...content} />
    </li>
  )
})

/** What the video is, the state of its link and name, and its actions. */
const RowContent = memo(function RowContent(props: RowContentProps) {
  const { video, actor, dispatch, onPlay, onMove, onRemove, isTabStop, isSelected } = props
  const { renderUpload } = props
  const tabIndex = isTabStop ? 0 : -1
  const snapshot = useSelector(actor, (current) => current)
  const twinId = isLinkedAlready(snapshot) ? props.twinId : undefined
  const renameButton = useRef<HTMLButtonElement>(null)
  const { filename } = video
  const isEditing = snapshot?.hasTag('editing') ?? false
  const looks = isQuiet(video, snapshot) ? quietLooks : loudLooks
  const send = (event: VideoEvent) =>
    restoreFocusAfter(
      () => dispatch(video, event),
      () => renameButton.current,
    )
  const closeEditor = (event: VideoEvent) => {
    // Before the row changes: afterwards, to move the focus would force a layout. A phone hides the
    // button until then, and gets it by the restoration.
    renameButton.current?.focus()
    if (actor) dropDraft(actor)
    send(event)
  }

  return (
    <>
      <PlayButton video={video} onPlay={onPlay} tabIndex={tabIndex} />
      <p
        dir="auto"
        data-filename
        // While it is being edited, it keeps its row's height.
        className={`col-start-2 row-start-1 self-center break-words max-sm:text-sm max-sm:leading-4.5 ${looks.name} ${isEditing ? 'invisible' : ''}`}
      >
        {filename}
      </p>
      {isEditing && actor && (
        <div
          className={`row-editor relative col-start-2 row-start-1 self-center max-sm:col-end-4 max-sm:my-0 ${looks.editor}`}
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
      <div className={`col-start-2 flex flex-wrap items-center gap-x-3 gap-y-1 ${looks.notes}`}>
        {video.isUploading && renderUpload(video.mediaId, tabIndex)}
        {hasLinkNote(video, snapshot) && (
          <LinkNote video={video} snapshot={snapshot} twinId={twinId} />
        )}
        {snapshot && <RenameNote video={video} snapshot={snapshot} send={send} />}
        {snapshot && <PlaceNote video={video} snapshot={snapshot} send={send} />}
      </div>
      <div
        className={`col-start-3 row-span-2 row-start-1 flex min-h-10 items-center gap-0.5 max-sm:row-end-2 max-sm:gap-0 ${isEditing ? 'max-sm:invisible' : ''}`}
      >
        {isRetryable(video, snapshot) && twinId === undefined && (
          <Button
            size="small"
            tabIndex={tabIndex}
            aria-label={`Retry ${filename}`}
            icon={<RetryIcon />}
            onClick={() => send({ type: 'video.retry' })}
          >
            <span className="max-sm:sr-only">Retry</span>
          </Button>
        )}
        <IconButton
          ref={renameButton}
          size="small"
          tabIndex={tabIndex}
          label={`Rename ${filename}`}
          icon={<PencilIcon />}
          aria-disabled={isEditing}
          onClick={() => {
            if (!isEditing) dispatch(video, { type: 'video.edit', saved: readSaved(video) })
          }}
        />
        <IconButton
          size="small"
          tabIndex={tabIndex}
          label={`Move ${filename}`}
          icon={<MoveIcon />}
          onClick={() => onMove(video)}
        />
        <IconButton
          size="small"
          variant="danger"
          tabIndex={tabIndex}
          label={`Remove ${filename}`}
          icon={<TrashIcon />}
          onClick={() => onRemove(video)}
        />
      </div>
      <RowCheck filename={filename} isSelected={isSelected} />
    </>
  )
})

/** What is uploaded first, or was removed elsewhere, says so instead. */
const hasLinkNote = (
  { isUploading, isRemovedElsewhere: isGone }: ShownVideo,
  snapshot: VideoSnapshot | undefined,
) => !isUploading && !isGone && !(snapshot && isRemovedElsewhere(snapshot.context))

/**
 * A link that failed or waits; what was removed elsewhere, and a name, have buttons of their own.
 */
const isRetryable = ({ status }: ShownVideo, snapshot: VideoSnapshot | undefined) => {
  if (snapshot && isRemovedElsewhere(snapshot.context)) return false
  return status === 'failed' || (status === 'linking' && snapshot?.hasTag('retrying') === true)
}

/** Nothing to decide: the notes, if any, take no line of their own, so that no row moves. */
function isQuiet(video: ShownVideo, snapshot: VideoSnapshot | undefined) {
  if (video.status === 'failed' || video.isRemovedElsewhere || video.isUploading) return false
  if (!snapshot) return true
  const isLoud = ['retrying', 'conflict', 'unsaved'] as const
  return (
    !isLoud.some((tag) => snapshot.hasTag(tag)) &&
    snapshot.context.blockedBy === null &&
    !snapshot.context.placeProblem
  )
}

/** The page hears its presses, and those of Space on the row, so it is no tab stop of its own. */
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

const quietLooks = {
  name: 'row-span-2',
  editor: 'row-span-2',
  notes: 'quiet-notes row-span-2 row-start-1 max-sm:col-start-1',
}

const loudLooks = {
  name: '',
  // It reaches over the row's edge, so that the row does not grow.
  editor: '-mt-2 -mb-1',
  notes: 'row-start-2 max-sm:col-span-3 max-sm:col-start-1 max-sm:pt-1',
}

type PlayButtonProps = { video: ShownVideo; onPlay: VideoRowProps['onPlay']; tabIndex: number }

const PlayButton = ({ video, onPlay, tabIndex }: PlayButtonProps) => (
  <span className="relative row-span-2 my-0.5 h-9 w-16 overflow-hidden rounded-sm bg-sunken max-sm:row-span-1 max-sm:my-1 max-sm:h-8 max-sm:w-12">
    <button
      type="button"
      tabIndex={tabIndex}
      aria-label={`Play ${video.filename}`}
      title={`Play ${video.filename}`}
      onClick={() => onPlay(video)}
      className="play-button block size-full rounded-sm"
    >
      {!video.isUploading && (
        <Thumbnail
          mediaId={video.mediaId}
          width={64}
          height={36}
          loading="lazy"
          className="size-full object-cover"
        />
      )}
    </button>
    {video.durationSeconds > 0 && <Duration seconds={video.durationSeconds} />}
  </span>
)

const Duration = ({ seconds }: { seconds: number }) => (
  <span className="pointer-events-none absolute right-0.5 bottom-0.5 rounded-xs bg-black/75 px-0.5 text-xs leading-none text-white tabular-nums print:[print-color-adjust:exact]">
    {formatDuration(seconds)}
  </span>
)
