import { type ReactElement, type Ref, useMemo } from 'react'
import { Collection } from 'react-aria-components/Collection'
import {
  GridList,
  GridListLoadMoreItem,
  type GridListProps,
  type Selection,
} from 'react-aria-components/GridList'
import { GridLayout, Size, Virtualizer } from 'react-aria-components/Virtualizer'
import type { MediaAsset } from '#contract/media.ts'
import { Skeleton } from '#ui/feedback.tsx'
import { SpinnerIcon } from '#ui/icons.tsx'
import { dropUnlistedRange, type Keys } from '../pick-range.ts'

type MediaGridProps = Pick<
  GridListProps<MediaAsset>,
  'selectionBehavior' | 'escapeKeyBehavior' | 'onAction'
> & {
  ref?: Ref<HTMLDivElement> | undefined
  media: readonly MediaAsset[]
  selectedKeys: Keys
  disabledKeys: ReadonlySet<string>
  onSelectionChange: (selection: Selection) => void
  renderTile: (asset: MediaAsset) => ReactElement
  isLoadingMore: boolean
  onLoadMore: () => void
}

/** The assets as virtual tiles: only those in view are mounted. */
export function MediaGrid(props: MediaGridProps) {
  const { ref, media, selectedKeys, renderTile, isLoadingMore, onLoadMore, ...grid } = props
  const ids = useMemo(() => new Set<string | number>(media.map(({ id }) => id)), [media])
  const usableKeys = useMemo(
    () => dropUnlistedRange(selectedKeys, (key) => ids.has(key)),
    [selectedKeys, ids],
  )
  return (
    <Virtualizer layout={GridLayout} layoutOptions={layoutOptions}>
      <GridList
        {...(ref !== undefined && { ref })}
        {...grid}
        aria-label="Videos"
        layout="grid"
        selectionMode="multiple"
        selectedKeys={usableKeys}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        <Collection items={media}>{renderTile}</Collection>
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
