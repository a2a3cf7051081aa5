import type { ReactNode } from 'react'
import { GridListItem } from 'react-aria-components/GridList'
import { Thumbnail } from '#client/lib/thumbnail.tsx'
import type { MediaAsset } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { formatFileSize } from '#shared/file-size.ts'
import { isolate } from '#shared/isolate.ts'
import { CheckIcon, FilmIcon } from '#ui/icons.tsx'
import { explainUnplayable } from '../explain-unplayable.ts'
import { usePickNumber } from '../picker.store.ts'
import { PlaybackNote } from './playback-note.tsx'

type MediaTileProps = {
  asset: MediaAsset
  /** Rendered over the thumbnail. */
  children: (isDisabled: boolean) => ReactNode
}

export const MediaTile = ({ asset, children }: MediaTileProps) => (
  <GridListItem
    id={asset.id}
    textValue={asset.filename}
    className="group flex h-full flex-col gap-1.5 rounded-lg p-1.5 transition-colors hover:bg-hover focus-visible:outline-offset-[-2px] data-selected:bg-accent-soft data-disabled:cursor-not-allowed"
  >
    {({ isDisabled }) => (
      <TileContent asset={asset} isDisabled={isDisabled}>
        {children(isDisabled)}
      </TileContent>
    )}
  </GridListItem>
)

type TileContentProps = { asset: MediaAsset; isDisabled: boolean; children: ReactNode }

function TileContent({ asset, isDisabled, children }: TileContentProps) {
  const unplayable = explainUnplayable(asset)
  return (
    <>
      <span className="relative grid min-h-0 flex-1 place-items-center overflow-hidden rounded-md bg-sunken text-ink-soft group-data-selected:outline-2 group-data-selected:outline-accent-solid">
        <Picture mediaId={asset.id} isDisabled={isDisabled} />
        {children}
        <span className="absolute right-1 bottom-1 rounded bg-black/75 px-1 text-xs text-white tabular-nums">
          {formatDuration(asset.durationSeconds)}
        </span>
      </span>
      <span className="h-14 px-0.5">
        <span dir="auto" className="line-clamp-2 text-sm leading-[1.125rem] font-medium">
          {asset.filename}
        </span>
        <span className="flex gap-1.5 text-xs text-ink-soft">
          {unplayable !== null && <PlaybackNote explanation={unplayable} />}
          <span className="min-w-0 truncate">{describeAsset(asset)}</span>
        </span>
      </span>
    </>
  )
}

export const Picture = ({ mediaId, isDisabled }: { mediaId: string; isDisabled: boolean }) => (
  <>
    <FilmIcon className="size-6" />
    <Thumbnail
      mediaId={mediaId}
      className={`absolute inset-0 size-full object-cover ${isDisabled ? 'grayscale' : ''}`}
    />
  </>
)

const describeAsset = (asset: MediaAsset): string => {
  const { sizeBytes, width, height, codec, usageCount, tags } = asset
  return [
    ...tags.map(isolate),
    ...(usageCount === 0 ? [] : [`In ${formatCount(usageCount, 'chapter')}`]),
    formatFileSize(sizeBytes),
    `${width} × ${height}`,
    codec,
  ].join(' · ')
}

/** The number of an asset among the picks, or a badge if the chapter already has it. */
export const PickMark = ({ mediaId, isInChapter }: { mediaId: string; isInChapter: boolean }) =>
  isInChapter ? <InChapterBadge /> : <PickBadge mediaId={mediaId} />

/** The number of an asset among the picks. */
export function PickBadge({ mediaId }: { mediaId: string }) {
  const pickNumber = usePickNumber(mediaId)
  return (
    <span
      className={`absolute top-1 left-1 grid h-6 min-w-6 place-items-center rounded-full px-1 text-xs font-semibold tabular-nums ${
        pickNumber > 0
          ? 'bg-accent-solid text-on-accent'
          : 'border-2 border-white bg-black/40 opacity-0 group-data-focus-visible:opacity-100 group-data-hovered:opacity-100'
      }`}
    >
      {pickNumber > 0 && (
        <>
          <span className="sr-only">Position </span>
          <span>{pickNumber}</span>
        </>
      )}
    </span>
  )
}

const InChapterBadge = () => (
  <span className="absolute inset-0 bg-raised/60">
    <span className="absolute top-1 left-1 flex items-center gap-1 rounded-full bg-raised px-2 py-0.5 text-xs font-medium text-ink">
      <CheckIcon className="size-3.5" />
      In this chapter
    </span>
  </span>
)
