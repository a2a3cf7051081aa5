import { type ReactElement, type Ref, useMemo, useRef, useState } from 'react'
import { Button as DragButton } from 'react-aria-components/Button'
import { Collection } from 'react-aria-components/Collection'
import { GridList, GridListLoadMoreItem, type GridListProps } from 'react-aria-components/GridList'
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { GridLayout, Size, Virtualizer } from 'react-aria-components/Virtualizer'
import type { MediaAsset } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { Skeleton } from '#ui/feedback.tsx'
import { GripIcon, SpinnerIcon } from '#ui/icons.tsx'
import { assetDragType } from '../drag-assets.ts'
import { type MediaView, useMediaList } from '../picker.store.ts'
import { dropUnlistedRange, type Keys } from '../update-picks.ts'
import { AssetBand } from './asset-band.tsx'
import { usePreviewKey } from './use-preview-key.ts'

type MediaGridProps = Pick<
  GridListProps<MediaAsset>,
  'selectionBehavior' | 'escapeKeyBehavior' | 'onAction'
> & {
  ref?: Ref<HTMLDivElement> | undefined
  media: readonly MediaAsset[]
  selectedKeys: Keys
  disabledKeys: ReadonlySet<string>
  onSelectionChange: (selection: 'all' | Keys) => void
  onPreview: (asset: MediaAsset) => void
  /** Renders an asset, for each view. */
  views: Readonly<Record<MediaView, (asset: MediaAsset) => ReactElement>>
  isLoadingMore: boolean
  onLoadMore: () => void
  /** Whether assets can be dragged; each must then contain a `DragHandle`. */
  isDraggable?: boolean
}

/** The assets as virtual tiles or rows: only those in view are mounted. */
export function MediaGrid(props: MediaGridProps) {
  const { ref, media, selectedKeys, views, isLoadingMore, onLoadMore, ...options } = props
  const { onPreview, isDraggable = false, ...grid } = options
  const { disabledKeys, onSelectionChange } = grid
  const view = useMediaList((state) => state.view)
  const [layout] = useState(() => new GridLayout<MediaAsset>())
  const frame = useRef<HTMLDivElement>(null)
  const isEntering = useRef(false)
  const ids = useMemo(() => new Set<string | number>(media.map(({ id }) => id)), [media])
  const usableKeys = useMemo(
    () => dropUnlistedRange(selectedKeys, (key) => ids.has(key)),
    [selectedKeys, ids],
  )
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      media
        .filter(({ id }) => keys.has(id))
        .map(({ id, filename }) => ({ [assetDragType]: id, 'text/plain': filename })),
    getAllowedDropOperations: () => ['link'],
    renderDragPreview: (items) => <DragPreview count={items.length} />,
  })
  usePreviewKey(frame, (mediaId) => {
    const asset = media.find(({ id }) => id === mediaId)
    if (asset) onPreview(asset)
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only observes the focus within it
    <div
      ref={frame}
      className="contents"
      onFocusCapture={({ currentTarget, relatedTarget }) => {
        isEntering.current = !currentTarget.contains(relatedTarget)
      }}
      onFocus={() => {
        isEntering.current = false
      }}
    >
      <Virtualizer layout={layout} layoutOptions={layoutOptions[view]}>
        <GridList
          {...(ref !== undefined && { ref })}
          {...grid}
          // The arrow keys move between assets, and Tab to the handle of one.
          {...(isDraggable && { dragAndDropHooks, keyboardNavigationBehavior: 'tab' })}
          // When the focus enters, React Aria would replace the selection with the focused asset.
          onSelectionChange={(selection) => !isEntering.current && onSelectionChange(selection)}
          aria-label="Videos"
          layout="grid"
          selectionMode="multiple"
          selectedKeys={usableKeys}
          className="min-h-0 flex-1 overflow-y-auto"
        >
          <Collection items={media} dependencies={[views[view]]}>
            {views[view]}
          </Collection>
          <GridListLoadMoreItem
            isLoading={isLoadingMore}
            onLoadMore={onLoadMore}
            className="flex h-full items-center justify-center gap-2 text-ink-soft"
          >
            <SpinnerIcon /> Loading more…
          </GridListLoadMoreItem>
        </GridList>
      </Virtualizer>
      <AssetBand
        frame={frame}
        layout={layout}
        media={media}
        selectedKeys={usableKeys}
        disabledKeys={disabledKeys}
        isAlwaysAdding={grid.selectionBehavior === 'toggle'}
        onSelect={onSelectionChange}
      />
    </div>
  )
}

const DragPreview = ({ count }: { count: number }) => (
  <div className="rounded-md bg-accent-solid px-2.5 py-1 text-sm font-medium text-on-accent">
    {formatCount(count, 'video')}
  </div>
)

/** Drags an asset, or with it all selected ones, also by keyboard. */
export const DragHandle = () => (
  <DragButton
    slot="drag"
    className="absolute top-1 right-1 grid size-6 cursor-grab place-items-center rounded-md bg-raised/90 text-ink opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
  >
    <GripIcon />
  </DragButton>
)

const layoutOptions = {
  grid: {
    minItemSize: new Size(160, 164),
    maxItemSize: new Size(224, 200),
    minSpace: new Size(4, 4),
    preserveAspectRatio: true,
  },
  // A grid with one column, so that the same keys work in both views.
  list: {
    minItemSize: new Size(0, 60),
    maxItemSize: new Size(Number.POSITIVE_INFINITY, 60),
    minSpace: new Size(4, 2),
    maxColumns: 1,
    preserveAspectRatio: true,
  },
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
