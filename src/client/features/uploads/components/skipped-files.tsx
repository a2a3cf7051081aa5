import { isolate } from '#shared/isolate.ts'
import { IconButton } from '#ui/button.tsx'
import { CloseIcon, WarningIcon } from '#ui/icons.tsx'

type SkippedFilesProps = { names: readonly string[]; onDismiss: () => void }

/** Lists the files that were skipped, until the notice is dismissed. */
export const SkippedFiles = ({ names, onDismiss }: SkippedFilesProps) => (
  <div className="flex items-start gap-2 px-3 py-2 text-sm">
    <WarningIcon className="mt-0.5 size-4 text-danger" />
    <p className="min-w-0 flex-1 break-words">{describeSkipped(names)}</p>
    <IconButton size="small" label="Dismiss" icon={<CloseIcon />} onClick={onDismiss} />
  </div>
)

function describeSkipped(names: readonly string[]): string {
  const listed = names.slice(0, maxNames).map(isolate).join(', ')
  if (names.length === 1) return `Skipped, not a video: ${listed}`
  const rest = names.length > maxNames ? ` and ${names.length - maxNames} more` : ''
  return `Skipped ${names.length} files that aren’t videos: ${listed}${rest}`
}

/** The most names to list. */
const maxNames = 3
