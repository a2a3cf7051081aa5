import { useQueryClient } from '@tanstack/react-query'
import type { MediaTagging } from '#contract/media.ts'
import { readAssets } from '../../features/media/api/get-asset.ts'
import { tagAssets } from '../../features/media/api/tag-assets.ts'
import { describeTagged } from '../../features/media/fold-tags.ts'
import { describeError } from '../../lib/http.ts'
import { useDialog } from '../dialog.store.ts'
import type { LibraryChange } from './use-asset-removal.ts'

/** Tags assets, and can undo that. */
export function useAssetTagging(report: (change: LibraryChange) => void) {
  const queryClient = useQueryClient()

  /** Resolves with a description of the result. */
  async function change(tagging: MediaTagging): Promise<string> {
    const result = await tagAssets(queryClient, tagging)
    const { tag, changedIds } = result
    const words = describeTagged(tagging.isTagged, result)
    const undone = { mediaIds: changedIds, tag, isTagged: !tagging.isTagged }
    report({ words, ...(changedIds.length > 0 && { undo: () => tryChange(undone) }) })
    return words
  }

  async function tryChange(tagging: MediaTagging): Promise<void> {
    try {
      await change(tagging)
    } catch (error) {
      report({
        words: `The tags weren’t changed. ${describeError(error)}`,
        undo: () => tryChange(tagging),
      })
    }
  }

  async function askFor(ids: readonly string[]): Promise<void> {
    try {
      const assets = await readAssets(queryClient, ids)
      useDialog.getState().open({ kind: 'asset-tags', assets, tag: change })
    } catch (error) {
      report({ words: `The tags couldn’t be loaded. ${describeError(error)}` })
    }
  }

  return {
    askFor: (ids: readonly string[]) => void askFor(ids),
    drop: (mediaIds: string[], tag: string) => void tryChange({ mediaIds, tag, isTagged: true }),
  }
}
