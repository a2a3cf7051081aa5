import type { MouseEvent } from 'react'
import type { UploadEvent, UploadReport, UploadStatus } from '#machines/upload.machine.ts'
import { isFinished } from '#machines/uploads.machine.ts'
import { isolate } from '#shared/isolate.ts'
import { IconButton } from '#ui/button.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { CloseIcon, FolderIcon, PauseIcon, PlayIcon, RetryIcon, UploadIcon } from '#ui/icons.tsx'
import { attachFile } from '../attach-file.ts'
import { useUploadErrors } from '../upload-errors.store.ts'
import { isPausable } from '../upload-totals.ts'
import { useUploads } from '../uploads-context.tsx'

type UploadButtonsProps = {
  upload: UploadReport
  /** False where the row has its own button to remove it. */
  canCancel?: boolean
  tabIndex?: number
}

/** The actions available for an upload in its current state. */
export function UploadButtons({ upload, canCancel = true, tabIndex }: UploadButtonsProps) {
  const uploads = useUploads()
  const { id, filename, status } = upload
  // The pressed button disappears; the focus goes to what replaces it.
  const send = (event: UploadEvent, { currentTarget }: MouseEvent) => {
    const row = currentTarget.parentElement
    restoreFocusAfter(
      () => uploads.send({ type: 'upload.dispatch', id, event }),
      () => row?.querySelector('button') ?? null,
    )
  }
  const chooseAgain = async () =>
    useUploadErrors.getState().report(id, await attachFile(uploads, upload))
  const shared = { size: 'small', ...(tabIndex !== undefined && { tabIndex }) } as const

  return (
    <>
      {status === 'queued' && (
        <IconButton
          {...shared}
          label={`Upload ${isolate(filename)} next`}
          icon={<UploadIcon />}
          onClick={() => uploads.send({ type: 'upload.prioritize', id })}
        />
      )}
      {isPausable(upload) && (
        <IconButton
          {...shared}
          label={`Pause the upload of ${isolate(filename)}`}
          icon={<PauseIcon />}
          onClick={(press) => send({ type: 'upload.pause' }, press)}
        />
      )}
      {status === 'paused' && (
        <IconButton
          {...shared}
          label={`Resume the upload of ${isolate(filename)}`}
          icon={<PlayIcon />}
          onClick={(press) => send({ type: 'upload.resume' }, press)}
        />
      )}
      {isRetryable.has(status) && (
        <IconButton
          {...shared}
          label={`Upload ${isolate(filename)} again`}
          icon={<RetryIcon />}
          onClick={(press) => send({ type: 'upload.retry' }, press)}
        />
      )}
      {status === 'missing' && (
        <IconButton
          {...shared}
          label={`Choose ${isolate(filename)} again`}
          icon={<FolderIcon />}
          onClick={chooseAgain}
        />
      )}
      {canCancel && !isFinished(upload) && (
        <IconButton
          {...shared}
          label={`Cancel the upload of ${isolate(filename)}`}
          icon={<CloseIcon />}
          onClick={(press) => send({ type: 'upload.cancel' }, press)}
        />
      )}
    </>
  )
}

const isRetryable: ReadonlySet<UploadStatus> = new Set(['failed', 'waiting', 'cancelled'])
