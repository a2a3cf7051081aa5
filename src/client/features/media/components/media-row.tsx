import type { ReactNode } from 'react'
import { GridListItem } from 'react-aria-components/GridList'
import type { MediaAsset } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { formatDate } from '#shared/date.ts'
import { formatDuration } from '#shared/duration.ts'
import { formatFileSize } from '#shared/file-size.ts'
import { isolate } from '#shared/isolate.ts'
import { CheckIcon } from '#ui/icons.tsx'
import { explainUnplayable } from '../explain-unplayable.ts'
import { Picture } from './media-tile.tsx'
import { PlaybackNote } from './playback-note.tsx'

type MediaRowProps = {
  asset: MediaAsset
  /** Rendered over the thumbnail. */
  mark?: ReactNode
}

/** An asset as a row. Only the picker disables rows, for assets that its chapter already has. */
export const MediaRow = ({ asset, mark }: MediaRowProps) => (
  <GridListItem
    id={asset.id}
    textValue={asset.filename}
    className="group flex h-full items-center gap-3 rounded-lg px-1.5 transition-colors hover:bg-hover focus-visible:outline-offset-[-2px] data-disabled:cursor-not-allowed data-selected:bg-accent-soft lg:grid lg:grid-cols-[5rem_minmax(0,1fr)_3.5rem_4rem_6rem_8.5rem_auto] forced-colors:data-selected:outline-2 forced-colors:data-selected:outline-[Highlight]"
  >
    {({ isDisabled }) => (
      <>
        <span className="relative grid h-11.25 w-20 shrink-0 place-items-center overflow-hidden rounded-md bg-sunken text-ink-soft">
          <Picture mediaId={asset.id} isDisabled={isDisabled} />
          {!isDisabled && mark}
        </span>
        <RowText asset={asset} isInChapter={isDisabled} />
      </>
    )}
  </GridListItem>
)

type RowTextProps = { asset: MediaAsset; isInChapter: boolean }

/** Columns in a wide window, lines in a narrow one. */
function RowText({ asset, isInChapter }: RowTextProps) {
  const unplayable = explainUnplayable(asset)
  const playback = unplayable !== null && <PlaybackNote explanation={unplayable} />
  return (
    <span className="min-w-0 flex-1 lg:contents">
      <span className="flex min-w-0 items-baseline gap-2">
        <span dir="auto" className="min-w-0 truncate text-sm font-medium">
          {asset.filename}
        </span>
        {asset.tags.length > 0 && (
          <span className="min-w-0 shrink-4 truncate text-xs text-ink-soft">
            {asset.tags.map(isolate).join(' · ')}
          </span>
        )}
      </span>
      <span className={lineClass}>
        <span className="lg:text-right">{formatDuration(asset.durationSeconds)}</span>
        <span className="lg:text-right">{formatFileSize(asset.sizeBytes)}</span>
        <span className="lg:text-right">{formatDate(asset.createdAt)}</span>
      </span>
      <span className={lineClass}>
        <span className="min-w-0 truncate">
          {/* “In this chapter” below already says that it is used. */}
          {(isInChapter && playback) || describeUse(asset.usageCount)}
        </span>
        <span className="flex min-w-0 items-center gap-1 lg:w-32">
          {isInChapter && <CheckIcon className="size-3.5 text-ink" />}
          {isInChapter || !playback ? (
            <span className="truncate">
              {isInChapter ? 'In this chapter' : statusLabels[asset.status]}
            </span>
          ) : (
            playback
          )}
        </span>
      </span>
    </span>
  )
}

const lineClass =
  'flex min-w-0 gap-x-3 text-xs whitespace-nowrap text-ink-soft tabular-nums lg:contents lg:text-sm'

const describeUse = (usageCount: number): string =>
  usageCount === 0 ? 'Not used' : `Used in ${formatCount(usageCount, 'chapter')}`

const statusLabels: Record<MediaAsset['status'], string> = { ready: 'Ready' }
