import type { Ref } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import { usePicker, usePicks } from '../picker.store.ts'
import type { Keys } from '../update-picks.ts'
import { MediaGrid } from './media-grid.tsx'
import { MediaRow } from './media-row.tsx'
import { MediaTile, PickBadge, PickMark } from './media-tile.tsx'

type PickGridProps = {
  ref?: Ref<HTMLDivElement>
  media: readonly MediaAsset[]
  linkedMediaIds: ReadonlySet<string>
  onPreview: (asset: MediaAsset) => void
  isLoadingMore: boolean
  onLoadMore: () => void
}

/** The assets to pick from. Those that the chapter already has can't be picked. */
export function PickGrid({ media, linkedMediaIds, ...grid }: PickGridProps) {
  const selectedKeys = usePicks((picks) => picks.selectedKeys)
  const select = usePicker((state) => state.select)

  const onSelectionChange = (selection: 'all' | Keys) => {
    const available = media.filter(({ id }) => !linkedMediaIds.has(id)).map(({ id }) => id)
    select(selection === 'all' ? new Set([...selectedKeys, ...available]) : selection, media)
  }

  return (
    <MediaGrid
      {...grid}
      media={media}
      selectionBehavior="toggle"
      // Escape closes the dialog; by default it would clear the selection first.
      escapeKeyBehavior="none"
      selectedKeys={selectedKeys}
      disabledKeys={linkedMediaIds}
      onSelectionChange={onSelectionChange}
      views={views}
    />
  )
}

const views = {
  grid: (asset: MediaAsset) => (
    <MediaTile asset={asset}>
      {(isInChapter) => <PickMark mediaId={asset.id} isInChapter={isInChapter} />}
    </MediaTile>
  ),
  list: (asset: MediaAsset) => <MediaRow asset={asset} mark={<PickBadge mediaId={asset.id} />} />,
}
