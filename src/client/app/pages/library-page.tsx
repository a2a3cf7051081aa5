import { useRef, useState } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import { restoreFocusAfter } from '#ui/focus.ts'
import { LibraryFailure, NoMedia } from '../../features/media/components/library-notices.tsx'
import { LibraryToolbar } from '../../features/media/components/library-toolbar.tsx'
import {
  DragHandle,
  MediaGrid,
  MediaGridSkeleton,
} from '../../features/media/components/media-grid.tsx'
import { MediaRow } from '../../features/media/components/media-row.tsx'
import { MediaTile } from '../../features/media/components/media-tile.tsx'
import { SelectRemainingButton } from '../../features/media/components/select-remaining-button.tsx'
import { TagBar } from '../../features/media/components/tag-bar.tsx'
import { useAssetSelection } from '../../features/media/components/use-asset-selection.ts'
import { useLibrary } from '../../features/media/components/use-library.ts'
import { useSelectRemaining } from '../../features/media/components/use-pick-rest.ts'
import { useDialog } from '../dialog.store.ts'
import { UploadButton } from '../uploads/upload-button.tsx'
import { LibraryFooter } from './library-footer.tsx'
import { type LibraryChange, useAssetRemoval } from './use-asset-removal.ts'
import { useAssetTagging } from './use-asset-tagging.ts'

/** The media library, to browse and clean up all assets. */
export function LibraryPage() {
  const library = useLibrary()
  const { query, media, total } = library
  const selection = useAssetSelection(media ?? [])
  const { picks, keys, add } = selection
  const rest = useSelectRemaining(library.filter, query, { keys, disabledKeys: undefined, add })
  const grid = useRef<HTMLDivElement>(null)
  const [last, setLast] = useState<LibraryChange | null>(null)
  // The button disappears with the selection, and the focus would be lost with it.
  const clearSelection = () => restoreFocusAfter(selection.clear, () => grid.current)
  const removal = useAssetRemoval(clearSelection, setLast)
  const tagging = useAssetTagging(setLast)
  const isBusy = removal.isBusy || tagging.isBusy

  return (
    <div className="flex min-h-[calc(100dvh-9rem)] flex-col">
      <title>Media library · Lectern</title>
      <div className="mb-4 flex items-center gap-3">
        <h1 tabIndex={-1} className="min-w-0 flex-1 text-2xl font-semibold tracking-tight">
          Media library
        </h1>
        <UploadButton />
      </div>
      <div className="flex flex-wrap gap-2 pb-3">
        <LibraryToolbar
          typed={library.typed}
          onType={library.setTyped}
          onLeave={() => grid.current?.focus()}
          onReorder={selection.endRange}
        />
        <div className="basis-full empty:hidden">
          <TagBar onFilter={selection.endRange} onDropAssets={tagging.drop} />
        </div>
      </div>
      <LibraryFailure library={library} />
      {/* At least as high as two rows of tiles, but no higher than the window has room for. */}
      <div className="flex min-h-84 flex-1 flex-col [contain:size]">
        {query.isPending && <MediaGridSkeleton />}
        {media?.length === 0 && <NoMedia library={library} />}
        {media !== undefined && media.length > 0 && (
          <MediaGrid
            ref={grid}
            media={media}
            selectedKeys={keys}
            disabledKeys={noIds}
            selectionBehavior="replace"
            onSelectionChange={selection.select}
            onPreview={useDialog.getState().preview}
            onAction={(key) => {
              const asset = media.find(({ id }) => id === key)
              if (asset) useDialog.getState().open({ kind: 'asset', asset, remove: removal.ask })
            }}
            views={views}
            isDraggable={isDraggable}
            isLoadingMore={query.isFetchingNextPage}
            onLoadMore={library.loadMore}
          />
        )}
      </div>
      <LibraryFooter
        found={total}
        picks={picks}
        media={media}
        isBusy={isBusy}
        last={last}
        failure={removal.failure}
        onUndo={(undo) => {
          restoreFocusAfter(
            () => setLast((change) => change && { text: change.text }),
            () => grid.current,
          )
          undo()
        }}
        onClear={clearSelection}
        onTag={tagging.askFor}
        onRemove={removal.askFor}
      >
        {rest && <SelectRemainingButton {...rest} />}
      </LibraryFooter>
    </div>
  )
}

const noIds: ReadonlySet<string> = new Set()

// On a touch screen a long press selects, and tags are changed by buttons.
const isDraggable = matchMedia('(pointer: fine)').matches

const handle = isDraggable && <DragHandle />

const views = {
  grid: (asset: MediaAsset) => <MediaTile asset={asset}>{() => handle}</MediaTile>,
  list: (asset: MediaAsset) => <MediaRow asset={asset} mark={handle} />,
}
