import type { DropItem } from 'react-aria-components/useDragAndDrop'

/** The type of the data that dragged assets carry: the id of one each. */
export const assetDragType = 'application/x-lectern-asset'

/** Reads the ids of dropped assets. */
export async function readDraggedAssets(items: readonly DropItem[]): Promise<string[]> {
  const texts = await Promise.all(
    items.map((item) => (item.kind === 'text' ? item.getText(assetDragType) : null)),
  )
  return texts.filter((id) => id !== null)
}
