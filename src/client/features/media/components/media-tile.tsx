import { ListBoxItem } from 'react-aria-components/ListBox'
import { Text } from 'react-aria-components/Text'
import { type MediaAsset, thumbnailUrl } from '../../../../contract/media.ts'
import { clockTime } from '../../../../shared/duration.ts'
import { fileSize } from '../../../../shared/file-size.ts'
import { CheckIcon, FilmIcon } from '../../../ui/icons.tsx'
import { usePickNumber } from '../picker.store.ts'

export const MediaTile = ({ asset }: { asset: MediaAsset }) => (
  <ListBoxItem
    id={asset.id}
    textValue={asset.filename}
    className="group flex h-full flex-col gap-1.5 rounded-lg p-1.5 transition-colors hover:bg-hover focus-visible:outline-offset-[-2px] data-selected:bg-accent-soft data-disabled:cursor-not-allowed"
  >
    {({ isDisabled }) => <TileContent asset={asset} isInChapter={isDisabled} />}
  </ListBoxItem>
)

function TileContent({ asset, isInChapter }: { asset: MediaAsset; isInChapter: boolean }) {
  const pickNumber = usePickNumber(asset.id)
  return (
    <>
      <span className="relative grid min-h-0 flex-1 place-items-center overflow-hidden rounded-md bg-sunken text-ink-soft group-data-selected:outline-2 group-data-selected:outline-accent-solid">
        <FilmIcon className="size-6" />
        <img
          key={asset.id}
          src={thumbnailUrl(asset.id)}
          alt=""
          decoding="async"
          draggable={false}
          onError={(event) => {
            event.currentTarget.hidden = true
          }}
          className={`absolute inset-0 size-full object-cover ${isInChapter ? 'grayscale' : ''}`}
        />
        <span
          aria-hidden="true"
          className="absolute right-1 bottom-1 rounded bg-black/75 px-1 text-xs text-white tabular-nums"
        >
          {clockTime(asset.durationSeconds)}
        </span>
        {isInChapter ? <InChapterMark /> : <PickMark pickNumber={pickNumber} />}
      </span>
      <span className="h-14 px-0.5">
        <Text slot="label" className="line-clamp-2 text-sm leading-[1.125rem] font-medium">
          {asset.filename}
        </Text>
        {/* Hidden but referred to: the option's description, and no part of its name. */}
        <Text
          slot="description"
          aria-hidden="true"
          className="block truncate text-xs text-ink-soft"
        >
          <span className="sr-only">
            {pickNumber > 0 && `Pick ${pickNumber}, `}
            {isInChapter && 'In this chapter, '}
            {clockTime(asset.durationSeconds)},{' '}
          </span>
          {fileSize(asset.sizeBytes)} · {asset.width} × {asset.height} · {asset.codec}
        </Text>
      </span>
    </>
  )
}

const PickMark = ({ pickNumber }: { pickNumber: number }) => (
  <span
    aria-hidden="true"
    className={`absolute top-1 left-1 grid h-6 min-w-6 place-items-center rounded-full px-1 text-xs font-semibold tabular-nums ${
      pickNumber > 0
        ? 'bg-accent-solid text-on-accent'
        : 'border-2 border-white bg-black/40 opacity-0 group-data-focus-visible:opacity-100 group-data-hovered:opacity-100'
    }`}
  >
    {pickNumber > 0 && pickNumber}
  </span>
)

const InChapterMark = () => (
  <span aria-hidden="true" className="absolute inset-0 bg-raised/60">
    <span className="absolute top-1 left-1 flex items-center gap-1 rounded-full bg-raised px-2 py-0.5 text-xs font-medium text-ink">
      <CheckIcon className="size-3.5" />
      In this chapter
    </span>
  </span>
)
