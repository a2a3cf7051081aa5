import { memo, type ReactNode } from 'react'
import type { UploadReport } from '#machines/upload.machine.ts'
import { CheckIcon, UploadIcon, WarningIcon } from '#ui/icons.tsx'
import { useUploadErrors } from '../upload-errors.store.ts'
import { describeUpload } from '../upload-labels.ts'
import { isStuck } from '../upload-totals.ts'
import { UploadButtons } from './upload-buttons.tsx'
import { UploadProgress } from './upload-progress.tsx'

type TrayRowProps = {
  upload: UploadReport
  /** Renders further information about an upload that is in the library. */
  renderReady: (upload: UploadReport) => ReactNode
}

/** One upload in the tray: its file, its progress and its actions. */
export const TrayRow = memo(function TrayRow({ upload, renderReady }: TrayRowProps) {
  const error = useUploadErrors(({ errors }) => errors[upload.id])
  const { filename, status } = upload
  const isSending = status === 'uploading' || status === 'waiting' || status === 'paused'
  return (
    <li
      data-upload-status={status}
      className="flex items-center gap-2 px-3 py-1.5 [contain-intrinsic-size:auto_3rem] [content-visibility:auto]"
    >
      <StatusIcon upload={upload} />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-sm" title={filename}>
          {filename}
        </p>
        <p className={`text-xs tabular-nums ${isStuck(upload) ? 'text-danger' : 'text-ink-soft'}`}>
          {[describeUpload(upload), error].filter(Boolean).join(' ')}
        </p>
        {isSending && <UploadProgress label={filename} {...upload} />}
        {status === 'ready' && <div className="text-xs">{renderReady(upload)}</div>}
      </div>
      <UploadButtons upload={upload} />
    </li>
  )
})

function StatusIcon({ upload }: { upload: UploadReport }) {
  if (upload.status === 'ready') return <CheckIcon className="size-4 text-accent" />
  if (isStuck(upload)) return <WarningIcon className="size-4 text-danger" />
  return <UploadIcon className="size-4 text-ink-soft" />
}
