import { UploadIcon, WarningIcon } from '#ui/icons.tsx'
import { useUploadErrors } from '../upload-errors.store.ts'
import { needsPerson } from '../upload-totals.ts'
import { describeUpload } from '../upload-words.ts'
import { useUpload } from '../uploads-context.tsx'
import { UploadButtons } from './upload-buttons.tsx'

type UploadNoteProps = { mediaId: string; tabIndex: number }

/** How far the file of a chapter’s video is on its way into the library. */
export function UploadNote({ mediaId, tabIndex }: UploadNoteProps) {
  const upload = useUpload(mediaId)
  const error = useUploadErrors(({ errors }) => errors[mediaId])
  const isStopped = !upload || needsPerson(upload)
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

/** Such as where the browser forgets what a page has stored. */
const unknownUpload = 'Not uploaded: add the file again, then remove this row.'
