import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { useBusy } from '#ui/use-busy.ts'
import { removeAssets, restoreAssets } from '../../features/media/api/change-asset.ts'
import { readAssets } from '../../features/media/api/get-asset.ts'
import { describeError } from '../../lib/http.ts'
import { useDialog } from '../dialog.store.ts'

/** A change to the library. */
export interface LibraryChange {
  /** What happened, or why it did not. */
  text: string
  /** Takes the change back, if that is possible. */
  undo?: () => unknown
}

/** Removes assets, and can undo that. Asks first if chapters use them. */
export function useAssetRemoval(onRemoved: () => void, report: (change: LibraryChange) => void) {
  const queryClient = useQueryClient()
  const [failure, setFailure] = useState<string | null>(null)
  const { isBusy, run } = useBusy()

  const remove = async (assets: readonly MediaAsset[]) => {
    const ids = assets.map(({ id }) => id)
    onRemoved()
    report({ text: `Removing ${formatCount(ids.length, 'video')}…` })
    try {
      await removeAssets(queryClient, ids)
      report({ text: `Removed ${formatCount(ids.length, 'video')}.`, undo: () => restore(ids) })
    } catch (error) {
      report({ text: `${formatNames(ids)} couldn’t be removed. ${describeError(error)}` })
    }
  }

  const restore = async (ids: readonly string[]) => {
    report({ text: `Restoring ${formatCount(ids.length, 'video')}…` })
    try {
      await restoreAssets(queryClient, ids)
      report({ text: `Restored ${formatCount(ids.length, 'video')}.` })
    } catch (error) {
      report({
        text: `${formatNames(ids)} couldn’t be restored. ${describeError(error)}`,
        undo: () => restore(ids),
      })
    }
  }

  const ask = (assets: readonly MediaAsset[]) => {
    if (assets.every(({ usageCount }) => usageCount === 0)) return void remove(assets)
    useDialog.getState().open({ kind: 'asset-removal', assets, remove: () => void remove(assets) })
  }

  const askFor = async (ids: readonly string[]) => {
    try {
      ask(await readAssets(queryClient, ids))
      setFailure(null)
    } catch (error) {
      setFailure(`Nothing was removed. ${describeError(error)}`)
    }
  }

  return { ask, askFor: (ids: readonly string[]) => void run(() => askFor(ids)), isBusy, failure }
}

const formatNames = (ids: readonly string[]): string =>
  ids.length === 1 ? 'The video' : 'Some videos'
