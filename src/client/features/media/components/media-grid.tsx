import { type Ref, useMemo } from 'react'
import { Collection } from 'react-aria-components/Collection'
import { GridList, GridListLoadMoreItem, type Selection } from 'react-aria-components/GridList'
import { GridLayout, Size, Virtualizer } from 'react-aria-components/Virtualizer'
import type { MediaAsset } from '#contract/media.ts'
import { SpinnerIcon } from '#ui/icons.tsx'
import { usePicker } from '../picker.store.ts'
import { MediaTile } from './media-tile.tsx'

type MediaGridProps = {
  ref?: Ref<HTMLDivElement>
  media: readonly MediaAsset[]
  linkedMediaIds: ReadonlySet<string>
  isLoadingMore: boolean
  onLoadMore: () => void
}

/** The assets as tiles; only those in sight are in the page, so the library may be as large as it likes. */
export function MediaGrid({
  ref,
  media,
  linkedMediaIds,
  isLoadingMore,
  onLoadMore,
}: MediaGridProps) {
  const keys = usePicker((state) => state.keys)
  const pick = usePicker((state) => state.pick)
  const assets = useMemo(() => new Map(media.map((asset) => [asset.id, asset])), [media])

  const select = (selection: Selection) => {
    const free = [...assets.keys()].filter((id) => !linkedMediaIds.has(id))
    pick(selection === 'all' ? new Set([...keys, ...free]) : selection, (id) => assets.get(id))
  }

  return (
    <Virtualizer layout={GridLayout} layoutOptions={layoutOptions}>
      <GridList
        {...(ref !== undefined && { ref })}
        aria-label="Videos"
        layout="grid"
        selectionMode="multiple"
        selectionBehavior="toggle"
        // Escape closes the dialog; it must not throw the picks away first.
        escapeKeyBehavior="none"
        selectedKeys={keys}
        disabledKeys={linkedMediaIds}
        onSelectionChange={select}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain"
      >
        <Collection items={media}>{(asset) => <MediaTile asset={asset} />}</Collection>
        <GridListLoadMoreItem
          isLoading={isLoadingMore}
          onLoadMore={onLoadMore}
          className="flex h-full items-center justify-center gap-2 text-ink-soft"
        >
          <SpinnerIcon /> Loading more
        </GridListLoadMoreItem>
      </GridList>
    </Virtualizer>
  )
}

const layoutOptions = {
  minItemSize: new Size(160, 164),
  maxItemSize: new Size(224, 200),
  minSpace: new Size(4, 4),
  preserveAspectRatio: true,
}
