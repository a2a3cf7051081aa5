import type { UploadReport } from '#machines/upload.machine.ts'
import { isFinished } from '#machines/uploads.machine.ts'
import { Button } from '#ui/button.tsx'
import { isPausable } from '../upload-totals.ts'
import { useUploads } from '../uploads-context.tsx'

type TrayActionsProps = {
  reports: readonly UploadReport[]
  /** Runs an action, and restores the focus if its button disappears. */
  runKeepingFocus: (change: () => void) => void
}

/** Actions on all uploads at once. */
export function TrayActions({ reports, runKeepingFocus }: TrayActionsProps) {
  const uploads = useUploads()
  const has = (status: UploadReport['status']) => reports.some((upload) => upload.status === status)
  const actions = [
    { label: 'Pause all', type: 'upload.pause', isOffered: reports.some(isPausable) },
    { label: 'Resume all', type: 'upload.resume', isOffered: has('paused') },
    { label: 'Retry all', type: 'upload.retry', isOffered: has('failed') },
    {
      label: 'Cancel all',
      type: 'upload.cancel',
      isOffered: reports.some((upload) => !isFinished(upload)),
    },
  ] as const
  const offered = actions.filter(({ isOffered }) => isOffered)
  if (offered.length === 0) return null
  return (
    <div className="flex flex-wrap gap-1 px-2 pt-2">
      {offered.map(({ label, type }) => (
        <Button
          key={label}
          size="small"
          variant="quiet"
          onClick={() =>
            runKeepingFocus(() => uploads.send({ type: 'uploads.dispatch', event: { type } }))
          }
        >
          {label}
        </Button>
      ))}
    </div>
  )
}
