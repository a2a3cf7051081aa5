import { useQueryClient } from '@tanstack/react-query'
import type { MediaTagging } from '#contract/media-tags.ts'
import { useBusy } from '#ui/use-busy.ts'
import { readAssets } from '../../features/media/api/get-asset.ts'
import { tagAssets } from '../../features/media/api/tag-assets.ts'
import { describeTagged } from '../../features/media/fold-tags.ts'
import { describeError } from '../../lib/http.ts'
import { useDialog } from '../dialog.store.ts'
import type { LibraryChange } from './use-asset-removal.ts'

/** Tags assets, and can undo that. */
export function useAssetTagging(report: (change: LibraryChange) => void) {
  const queryClient = useQueryClient()
  const { isBusy, run } = useBusy()

  /** Resolves with a description of the result. */
  async function change(tagging: MediaTagging): Promise<string> {
    const result = await tagAssets(queryClient, tagging)
    const { tag, changedIds } = result
    const text = describeTagged(tagging.isTagged, result)
    const inverse = { mediaIds: changedIds, tag, isTagged: !tagging.isTagged }
    report({ text, ...(changedIds.length > 0 && { undo: () => undo(inverse) }) })
    return text
  }

  async function undo(inverse: MediaTagging): Promise<void> {
    report({ text: 'Undoing…' })
    try {
      await change(inverse)
    } catch (error) {
      report({
        text: `This couldn’t be undone. ${describeError(error)}`,
        undo: () => undo(inverse),
      })
    }
  }

  async function drop(mediaIds: string[], tag: string): Promise<void> {
    try {
      await change({ mediaIds, tag, isTagged: true })
    } catch (error) {
      report({ text: `Nothing was tagged. ${describeError(error)}` })
    }
  }

  async function askFor(ids: readonly string[]): Promise<void> {
    try {
      const assets = await readAssets(queryClient, ids)
      useDialog.getState().open({ kind: 'asset-tags', assets, tag: change })
    } catch (error) {
      report({ text: `The tags couldn’t be loaded. ${describeError(error)}` })
    }
  }

  return {
    askFor: (ids: readonly string[]) => void run(() => askFor(ids)),
    isBusy,
    drop: (mediaIds: string[], tag: string) => void drop(mediaIds, tag),
  }
}
