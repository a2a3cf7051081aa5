import type { ReactNode } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import type { MediaPick } from '#contract/videos.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { Button } from '#ui/button.tsx'
import { Working } from '#ui/feedback.tsx'
import { UndoIcon } from '#ui/icons.tsx'
import { sumDurations } from '../../features/media/pick-order.ts'
import type { LibraryChange } from './use-asset-removal.ts'

type LibraryFooterProps = {
  /** How many assets match; `undefined` until they have loaded. */
  found: number | undefined
  picks: readonly MediaPick[]
  /** The listed assets. */
  media: readonly MediaAsset[] | undefined
  isBusy: boolean
  /** The last change to the library. */
  last: LibraryChange | null
  /** Why the last removal failed. */
  failure: string | null
  onUndo: (undo: () => void) => void
  onClear: () => void
  onTag: (ids: readonly string[]) => void
  onRemove: (ids: readonly string[]) => void
  /** More buttons for the selection. */
  children: ReactNode
}

/** Says what the library shows, what is selected and what was changed last, with their actions. */
export function LibraryFooter(props: LibraryFooterProps) {
  const { found, picks, media, isBusy, last, failure, children } = props
  const { onUndo, onClear, onTag, onRemove } = props
  const hasSelected = picks.length > 0
  const ids = picks.map(({ mediaId }) => mediaId)
  const undo = last?.undo
  return (
    <footer className="flex min-h-12 flex-wrap items-center gap-2 border-t border-line pt-2 text-ink-soft">
      <p role="status" className="min-w-0 flex-1 max-sm:basis-full">
        <span>
          {[
            hasSelected ? describeSelection(found, picks, media) : describeFound(found),
            isBusy ? undefined : last?.text,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {isBusy && (
          <span className="ml-2">
            <Working />
          </span>
        )}
      </p>
      {hasSelected && failure !== null && <p role="alert">{failure}</p>}
      {children}
      {undo && (
        <Button size="small" icon={<UndoIcon />} onClick={() => onUndo(undo)}>
          Undo
        </Button>
      )}
      {hasSelected && (
        <>
          <Button size="small" variant="quiet" onClick={onClear}>
            Clear selection
          </Button>
          <Button size="small" aria-disabled={isBusy} onClick={() => onTag(ids)}>
            {`Tag ${formatCount(picks.length, 'video')}`}
          </Button>
          <Button
            size="small"
            variant="danger"
            aria-disabled={isBusy}
            onClick={() => onRemove(ids)}
          >
            {`Remove ${formatCount(picks.length, 'video')}`}
          </Button>
        </>
      )}
    </footer>
  )
}

const describeFound = (total: number | undefined) =>
  total === undefined ? '' : formatCount(total, 'video')

/** Also counts selected videos that are not listed: they would be removed, too. */
function describeSelection(
  found: number | undefined,
  picks: readonly MediaPick[],
  media: readonly MediaAsset[] = [],
): string {
  const listed = new Set(media.map(({ id }) => id))
  const unlisted = picks.filter(({ mediaId }) => !listed.has(mediaId)).length
  const selected = `${picks.length} selected, ${formatDuration(sumDurations(picks))}`
  return `${describeFound(found)} · ${selected}${unlisted > 0 ? `, ${unlisted} not shown` : ''}`
}
