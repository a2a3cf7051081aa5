import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { formatDuration } from '#shared/duration.ts'
import { Button } from '#ui/button.tsx'
import { UndoIcon } from '#ui/icons.tsx'
import { removeAssets, restoreAssets } from '../../features/media/api/change-asset.ts'
import { LibraryFailure, NoMedia } from '../../features/media/components/library-notices.tsx'
import { LibraryToolbar } from '../../features/media/components/library-toolbar.tsx'
import { MediaGrid, MediaGridSkeleton } from '../../features/media/components/media-grid.tsx'
import { MediaTile } from '../../features/media/components/media-tile.tsx'
import { useLibrary } from '../../features/media/components/use-library.ts'
import type { Keys } from '../../features/media/pick-range.ts'
import { errorMessage } from '../../lib/http.ts'
import { useDialog } from '../dialog.store.ts'
import { UploadButton } from '../uploads/upload-button.tsx'

/** The media library: everything that was brought in, to look through and to tidy. */
export function LibraryPage() {
  const library = useLibrary()
  const { query, media, total } = library
  const [selectedKeys, setSelectedKeys] = useState<Keys>(noKeys)
  const grid = useRef<HTMLDivElement>(null)
  const selected = (media ?? []).filter(({ id }) => selectedKeys.has(id))
  const removal = useRemoval(() => setSelectedKeys(noKeys))

  return (
    <div className="flex h-[calc(100dvh-9rem)] min-h-120 flex-col">
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
        />
      </div>
      <LibraryFailure library={library} />
      {query.isPending && <MediaGridSkeleton />}
      {media?.length === 0 && <NoMedia library={library} />}
      {media !== undefined && media.length > 0 && (
        <MediaGrid
          ref={grid}
          media={media}
          selectedKeys={selectedKeys}
          disabledKeys={noIds}
          selectionBehavior="replace"
          onSelectionChange={(selection) =>
            setSelectedKeys(selection === 'all' ? new Set(media.map(({ id }) => id)) : selection)
          }
          onAction={(key) => {
            const asset = media.find(({ id }) => id === key)
            if (asset) useDialog.getState().open({ kind: 'asset', asset, remove: removal.ask })
          }}
          renderTile={renderTile}
          isLoadingMore={query.isFetchingNextPage}
          onLoadMore={library.loadMore}
        />
      )}
      <footer className="flex min-h-12 flex-wrap items-center gap-2 border-t border-line pt-2 text-ink-soft">
        <p role="status" className="min-w-0 flex-1">
          {removal.words ?? describeSelection(total, selected)}
        </p>
        {removal.undo && (
          <Button size="small" icon={<UndoIcon />} onClick={removal.undo}>
            Undo
          </Button>
        )}
        {selected.length > 0 && (
          <Button size="small" variant="danger" onClick={() => removal.ask(selected)}>
            {`Remove ${formatCount(selected.length, 'video')}`}
          </Button>
        )}
      </footer>
    </div>
  )
}

const noKeys: Keys = new Set<string>()
const noIds: ReadonlySet<string> = new Set()

const renderTile = (asset: MediaAsset) => <MediaTile asset={asset}>{() => null}</MediaTile>

function describeSelection(total: number | undefined, selected: readonly MediaAsset[]): string {
  const found = total === undefined ? '' : formatCount(total, 'video')
  if (selected.length === 0) return found
  const seconds = selected.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
  return `${found} · ${selected.length} selected, ${formatDuration(seconds)}`
}

/** Removes assets, after a question where chapters have them, with the way back. */
function useRemoval(onRemoved: () => void) {
  const queryClient = useQueryClient()
  const [removed, setRemoved] = useState<readonly string[]>([])
  const [words, setWords] = useState<string | null>(null)

  const remove = async (assets: readonly MediaAsset[]) => {
    const ids = assets.map(({ id }) => id)
    onRemoved()
    try {
      await removeAssets(queryClient, ids)
      setRemoved(ids)
      setWords(`Removed ${formatCount(ids.length, 'video')}; kept for 30 days.`)
    } catch (error) {
      setWords(`Not all were removed. ${errorMessage(error)}`)
    }
  }

  const undo = async () => {
    setRemoved([])
    try {
      await restoreAssets(queryClient, removed)
      setWords(`Brought ${formatCount(removed.length, 'video')} back.`)
    } catch (error) {
      setRemoved(removed)
      setWords(`Not all came back. ${errorMessage(error)}`)
    }
  }

  const ask = (assets: readonly MediaAsset[]) => {
    if (assets.every(({ usageCount }) => usageCount === 0)) return void remove(assets)
    useDialog.getState().open({ kind: 'asset-removal', assets, remove: () => void remove(assets) })
  }

  return { ask, words, undo: removed.length > 0 ? () => void undo() : undefined }
}
