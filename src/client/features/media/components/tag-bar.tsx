import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { formatCount } from '#shared/count.ts'
import { useTags } from '../api/tag-assets.ts'
import { assetDragType, readDraggedAssets } from '../drag-assets.ts'
import { useMediaList } from '../picker.store.ts'
import { LoadFailure } from './library-notices.tsx'

type TagBarProps = {
  /** Called when the filter changes. */
  onFilter?: () => void
  /** Called with assets that are dropped on a tag. If omitted, nothing can be. */
  onDropAssets?: (mediaIds: string[], tag: string) => void
}

/** The library’s tags: choosing one lists only its videos, and videos can be dropped on each. */
export function TagBar({ onFilter, onDropAssets }: TagBarProps) {
  const query = useTags()
  const tags = query.data ?? []
  const { tag: chosen, setTag } = useMediaList()
  const { dragAndDropHooks } = useDragAndDrop({
    acceptedDragTypes: [assetDragType],
    getDropOperation: () => 'link',
    onItemDrop: async ({ items, target }) =>
      onDropAssets?.(await readDraggedAssets(items), String(target.key)),
  })
  // The chosen tag stays, so that it can be left, even when no asset has it any longer.
  const isListed = chosen === null || tags.some(({ name }) => name === chosen)
  const shown = isListed ? tags : [...tags, { name: chosen, count: 0 }]
  if (shown.length === 0) {
    return <LoadFailure title="The tags couldn’t be loaded." query={query} />
  }
  return (
    <ListBox
      aria-label="Tags"
      orientation="horizontal"
      selectionMode="single"
      items={shown.map((tag) => ({ ...tag, id: tag.name }))}
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys
        setTag(key === undefined ? null : String(key))
        onFilter?.()
      }}
      {...(onDropAssets && { dragAndDropHooks })}
      className="flex max-h-22 flex-wrap gap-1.5 overflow-y-auto p-0.5 max-sm:max-h-24"
    >
      {({ name, count }) => (
        <ListBoxItem
          textValue={name}
          className="flex h-7 max-w-full cursor-default items-center gap-1.5 rounded-full border border-line-strong bg-surface px-2.5 text-sm hover:bg-hover focus-visible:outline-2 focus-visible:outline-accent data-drop-target:border-accent data-drop-target:bg-accent-soft data-selected:border-accent-solid data-selected:bg-accent-soft max-sm:h-10 forced-colors:data-selected:outline-2 forced-colors:data-selected:outline-[Highlight]"
        >
          <span dir="auto" className="min-w-0 truncate">
            {name}
          </span>
          <span aria-hidden="true" className="text-ink-soft tabular-nums">
            {count}
          </span>
          <span className="sr-only">{formatCount(count, 'video')}</span>
        </ListBoxItem>
      )}
    </ListBox>
  )
}
