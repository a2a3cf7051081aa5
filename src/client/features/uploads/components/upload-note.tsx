import { UploadIcon, WarningIcon } from '#ui/icons.tsx'
import { useUploadErrors } from '../upload-errors.store.ts'
import { describeUpload } from '../upload-labels.ts'
import { needsAttention } from '../upload-totals.ts'
import { useUpload } from '../uploads-context.tsx'
import { UploadButtons } from './upload-buttons.tsx'

type UploadNoteProps = { mediaId: string; tabIndex: number }

/** The upload progress of a chapter’s video. */
export function UploadNote({ mediaId, tabIndex }: UploadNoteProps) {
  const upload = useUpload(mediaId)
  const error = useUploadErrors(({ errors }) => errors[mediaId])
  const isStopped = !upload || needsAttention(upload)
  const Icon = isStopped ? WarningIcon : UploadIcon
  return (
    <>
      <p
        className={`flex flex-1 basis-40 items-start gap-1.5 text-sm ${isStopped ? 'text-danger' : 'text-ink-soft'}`}
      >
        <Icon className="mt-0.5 size-4" />
        <span className="min-w-0 tabular-nums">
          {[upload ? describeUpload(upload) : unknownUpload, error].filter(Boolean).join(' ')}
        </span>
      </p>
      {upload && <UploadButtons upload={upload} canCancel={false} tabIndex={tabIndex} />}
    </>
  )
}

/** For example if the browser has discarded what the page had stored. */
const unknownUpload = 'Not uploaded. Add the file again, then remove this row.'
