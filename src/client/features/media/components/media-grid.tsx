import { type Ref, useMemo } from 'react'
import { Collection } from 'react-aria-components/Collection'
import { GridList, GridListLoadMoreItem, type Selection } from 'react-aria-components/GridList'
import { GridLayout, Size, Virtualizer } from 'react-aria-components/Virtualizer'
import type { MediaAsset } from '#contract/media.ts'
import { Skeleton } from '#ui/feedback.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import { dropUnlistedRange } from '../pick-range.ts'
import { usePicker, usePicks } from '../picker.store.ts'
import { MediaTile } from './media-tile.tsx'

type MediaGridProps = {
  ref?: Ref<HTMLDivElement>
  media: readonly MediaAsset[]
  linkedMediaIds: ReadonlySet<string>
  isLoadingMore: boolean
  onLoadMore: () => void
}

/** The assets as virtual tiles: only those in view are mounted. */
export function MediaGrid({
  ref,
  media,
  linkedMediaIds,
  isLoadingMore,
  onLoadMore,
}: MediaGridProps) {
  const selectedKeys = usePicks((picks) => picks.selectedKeys)
  const select = usePicker((state) => state.select)
  const ids = useMemo(() => new Set<string | number>(media.map(({ id }) => id)), [media])
  const usableKeys = useMemo(
    () => dropUnlistedRange(selectedKeys, (key) => ids.has(key)),
    [selectedKeys, ids],
  )

  const onSelectionChange = (selection: Selection) => {
    const available = media.filter(({ id }) => !linkedMediaIds.has(id)).map(({ id }) => id)
    select(selection === 'all' ? new Set([...selectedKeys, ...available]) : selection, media)
  }

  return (
    <Virtualizer layout={GridLayout} layoutOptions={layoutOptions}>
      <GridList
        {...(ref !== undefined && { ref })}
        aria-label="Videos"
        layout="grid"
        selectionMode="multiple"
        selectionBehavior="toggle"
        // Escape is the dialog's; by default it would clear the selection first.
        escapeKeyBehavior="none"
        selectedKeys={usableKeys}
        disabledKeys={linkedMediaIds}
        onSelectionChange={onSelectionChange}
        className="min-h-0 flex-1 overflow-y-auto"
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

export const MediaGridSkeleton = () => (
  <div
    aria-hidden="true"
    className="grid flex-1 auto-rows-min grid-cols-[repeat(auto-fill,minmax(160px,1fr))] gap-1 overflow-hidden pt-1"
  >
    {skeletonKeys.map((key) => (
      <div key={key} className="flex h-41 flex-col gap-2 p-1.5">
        <Skeleton className="flex-1" />
        <Skeleton className="h-4 w-4/5" />
        <Skeleton className="h-3 w-1/2" />
      </div>
    ))}
  </div>
)

const skeletonKeys = Array.from({ length: 18 }, (_, index) => index)
