import { useSelector } from '@xstate/react'
import { type ReactNode, useId, useRef, useState } from 'react'
import type { UploadReport } from '#machines/upload.machine.ts'
import { isFinished, isSending } from '#machines/uploads.machine.ts'
import { IconButton } from '#ui/button.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { ChevronIcon, CloseIcon } from '#ui/icons.tsx'
import { useSkippedFiles } from '../skipped-files.store.ts'
import { describeTotals, summarizeUploads } from '../upload-labels.ts'
import { needsAttention, sumUploads } from '../upload-totals.ts'
import { useUploads } from '../uploads-context.tsx'
import { SkippedFiles } from './skipped-files.tsx'
import { TrayActions } from './tray-actions.tsx'
import { TrayRow } from './tray-row.tsx'
import { UploadProgress } from './upload-progress.tsx'

type UploadTrayProps = {
  /** Renders further information about an upload that is in the library. */
  renderReady: (upload: UploadReport) => ReactNode
}

/** All uploads and their overall progress. It stays in place across navigation. */
export function UploadTray({ renderReady }: UploadTrayProps) {
  const uploads = useUploads()
  const reports = useSelector(uploads, ({ context }) => context.uploads)
  const skipped = useSkippedFiles((state) => state.names)
  const [isOpen, setOpen] = useState(() => !matchMedia('(width < 40rem)').matches)
  const listId = useId()
  const tray = useRef<HTMLElement>(null)
  const all = Object.values(reports)
  if (all.length === 0 && skipped.length === 0) return null
  const totals = sumUploads(reports)
  const isOver = all.every(isFinished)
  // The pressed button may disappear, alone or with the whole tray.
  const act = (change: () => void) =>
    restoreFocusAfter(change, () => tray.current?.querySelector('button') ?? null)

  return (
    <section
      ref={tray}
      aria-label="Uploads"
      data-upload-tray
      className="pointer-events-auto flex max-h-[60dvh] w-80 flex-col self-end overflow-hidden rounded-xl border border-line bg-raised shadow-floating max-sm:w-auto max-sm:self-stretch min-[75rem]:fixed min-[75rem]:right-4 min-[75rem]:bottom-4"
    >
      <header className="flex items-center gap-2 px-3 py-2">
        <div className="min-w-0 flex-1">
          <p role="status" className="truncate font-medium">
            {summarizeUploads(totals)}
          </p>
          {totals.active > 0 && (
            <p className="truncate text-sm text-ink-soft tabular-nums">{describeTotals(totals)}</p>
          )}
        </div>
        <IconButton
          label={isOpen ? 'Hide uploads' : 'Show uploads'}
          aria-expanded={isOpen}
          aria-controls={listId}
          icon={<ChevronIcon className={isOpen ? '' : 'rotate-180'} />}
          onClick={() => setOpen(!isOpen)}
        />
        {isOver && (
          <IconButton
            label="Close uploads"
            icon={<CloseIcon />}
            onClick={() =>
              act(() => {
                uploads.send({ type: 'uploads.clear' })
                useSkippedFiles.getState().dismiss()
              })
            }
          />
        )}
      </header>
      {totals.active > 0 && (
        <div className="px-3 pb-2">
          <UploadProgress label="All uploads" {...totals} />
        </div>
      )}
      <div id={listId} hidden={!isOpen} className="min-h-0 overflow-y-auto border-t border-line">
        <TrayActions reports={all} runKeepingFocus={act} />
        {skipped.length > 0 && (
          <SkippedFiles
            names={skipped}
            onDismiss={() => act(() => useSkippedFiles.getState().dismiss())}
          />
        )}
        <ul>
          {listShown(all).map((upload) => (
            <TrayRow key={upload.id} upload={upload} renderReady={renderReady} />
          ))}
        </ul>
        {all.length > maxRows && (
          <p className="px-3 pb-2 text-sm text-ink-soft">{`and ${all.length - maxRows} more`}</p>
        )}
      </div>
    </section>
  )
}

/** Nobody reads a longer list, and opening it would cost a long task. */
const maxRows = 60

/** Puts uploads that need a person first, then those in progress. */
const listShown = (uploads: readonly UploadReport[]): readonly UploadReport[] =>
  uploads.length <= maxRows
    ? uploads
    : [...uploads].sort((a, b) => rank(a) - rank(b)).slice(0, maxRows)

function rank(upload: UploadReport): number {
  if (needsAttention(upload)) return 0
  if (isSending(upload)) return 1
  return isFinished(upload) ? 3 : 2
}
