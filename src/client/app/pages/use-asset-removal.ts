import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MediaAsset } from '#contract/media.ts'
import { formatCount } from '#shared/count.ts'
import { removeAssets, restoreAssets } from '../../features/media/api/change-asset.ts'
import { readAssets } from '../../features/media/api/get-asset.ts'
import { describeError } from '../../lib/http.ts'
import { useDialog } from '../dialog.store.ts'

/** Removes assets, and can undo that. Asks first if chapters use them. */
export function useAssetRemoval(onRemoved: () => void) {
  const queryClient = useQueryClient()
  const [removed, setRemoved] = useState<readonly string[]>([])
  const [words, setWords] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)

  const remove = async (assets: readonly MediaAsset[]) => {
    const ids = assets.map(({ id }) => id)
    onRemoved()
    try {
      await removeAssets(queryClient, ids)
      setRemoved(ids)
      setWords(`Removed ${formatCount(ids.length, 'video')}.`)
    } catch (error) {
      setWords(`${nameSome(ids)} couldn’t be removed. ${describeError(error)}`)
    }
  }

  const undo = async () => {
    setRemoved([])
    try {
      await restoreAssets(queryClient, removed)
      setWords(`Restored ${formatCount(removed.length, 'video')}.`)
    } catch (error) {
      setRemoved(removed)
      setWords(`${nameSome(removed)} couldn’t be restored. ${describeError(error)}`)
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

  return {
    ask,
    askFor: (ids: readonly string[]) => void askFor(ids),
    words,
    failure,
    undo: removed.length > 0 ? () => void undo() : undefined,
  }
}

const nameSome = (ids: readonly string[]): string =>
  ids.length === 1 ? 'The video' : 'Some videos'
