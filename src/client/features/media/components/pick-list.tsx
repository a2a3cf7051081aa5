import { type KeyboardEvent, useState } from 'react'
import { Button as DragButton } from 'react-aria-components/Button'
import { Collection } from 'react-aria-components/Collection'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { DropIndicator, useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer'
import { flushSync } from 'react-dom'
import { findCommand } from '#client/lib/key-bindings.ts'
import type { MediaPick } from '#contract/videos.ts'
import { formatDuration } from '#shared/duration.ts'
import { isolate } from '#shared/isolate.ts'
import { IconButton } from '#ui/button.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { ChevronIcon, CloseIcon, GripIcon } from '#ui/icons.tsx'
import { pickKeys } from '../asset-keys.ts'
import { usePicker } from '../picker.store.ts'

type PickListProps = {
  picks: readonly MediaPick[]
  /** Called after the last pick is removed. */
  onEmpty: () => void
}

/** In px. */
const rowHeight = 44

/** How many rows are visible without scrolling. */
const maxRows = 8

/** The picks in order, with dragging, keys and buttons to reorder them. */
export function PickList({ picks, onEmpty }: PickListProps) {
  const [announcement, setAnnouncement] = useState('')
  const { move, drop } = usePicker.getState()
  const findIndex = (id: string) => picks.findIndex(({ mediaId }) => mediaId === id)
  const nameAt = (index: number) => isolate(picks[index]?.filename ?? '')
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({ 'text/plain': picks[findIndex(String(key))]?.filename ?? '' })),
    onReorder: ({ keys, target: { key, dropPosition } }) =>
      move(keys, { key, side: dropPosition === 'before' ? 'before' : 'after' }),
    renderDropIndicator: (target) => (
      <DropIndicator
        target={target}
        className="outline-2 outline-accent data-drop-target:outline-solid"
      />
    ),
  })

  function step(id: string, side: 'before' | 'after') {
    const index = findIndex(id)
    const to = side === 'before' ? index - 1 : index + 1
    const neighbor = picks[to]
    if (!neighbor) return
    const focused = document.activeElement
    restoreFocusAfter(
      () => {
        move(new Set([id]), { key: neighbor.mediaId, side })
        setAnnouncement(`${nameAt(index)} moved to position ${to + 1} of ${picks.length}`)
      },
      () => (focused instanceof HTMLElement ? focused : null),
    )
  }

  function remove(id: string) {
    const index = findIndex(id)
    const next = picks[index + 1] ?? picks[index - 1]
    if (!next) {
      // The focus can be moved elsewhere only once the list is gone.
      flushSync(() => drop(id))
      return onEmpty()
    }
    restoreFocusAfter(
      () => {
        drop(id)
        setAnnouncement(`Removed ${nameAt(index)}`)
      },
      () => document.querySelector<HTMLElement>(`[data-pick-list] [data-key="${next.mediaId}"]`),
    )
  }

  function handleKey(event: KeyboardEvent) {
    const row = event.target instanceof Element ? event.target.closest('[role="row"]') : null
    const id = row instanceof HTMLElement ? row.dataset.key : undefined
    const command = findCommand(pickKeys, event)
    if (id === undefined || !command) return
    event.preventDefault()
    event.stopPropagation()
    if (command === 'drop') remove(id)
    else step(id, command === 'up' ? 'before' : 'after')
  }

  const rows = picks.map((pick, index) => ({ ...pick, id: pick.mediaId, number: index + 1 }))
  return (
    <div data-pick-list className="flex min-h-0 flex-col" onKeyDownCapture={handleKey}>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: rowHeight }}>
        <GridList
          aria-label="Selected videos in order"
          autoFocus="first"
          dragAndDropHooks={dragAndDropHooks}
          style={{ height: Math.min(rows.length, maxRows) * rowHeight }}
          className="min-h-11 overflow-y-auto px-1 outline-none"
        >
          <Collection items={rows}>
            {({ id, number, filename, durationSeconds }) => (
              <GridListItem
                textValue={filename}
                className="flex h-full items-center gap-1 rounded-md pr-1 hover:bg-hover focus-visible:outline-offset-[-2px] data-dragging:opacity-50"
              >
                <DragButton
                  slot="drag"
                  className="grid size-6 shrink-0 cursor-grab place-items-center rounded text-ink-soft"
                >
                  <GripIcon />
                </DragButton>
                <span className="min-w-6 text-right text-ink-soft tabular-nums">{number}</span>
                <span dir="auto" className="mx-1 min-w-0 flex-1 truncate">
                  {filename}
                </span>
                <span className="text-sm text-ink-soft tabular-nums">
                  {formatDuration(durationSeconds)}
                </span>
                <IconButton
                  size="small"
                  label={`Move ${isolate(filename)} up`}
                  icon={<ChevronIcon className="rotate-180" />}
                  aria-disabled={number === 1}
                  onClick={() => step(id, 'before')}
                />
                <IconButton
                  size="small"
                  label={`Move ${isolate(filename)} down`}
                  icon={<ChevronIcon />}
                  aria-disabled={number === picks.length}
                  onClick={() => step(id, 'after')}
                />
                <IconButton
                  size="small"
                  label={`Remove ${isolate(filename)}`}
                  icon={<CloseIcon />}
                  onClick={() => remove(id)}
                />
              </GridListItem>
            )}
          </Collection>
        </GridList>
      </Virtualizer>
      <p role="status" className="min-h-7 truncate px-3 py-1 text-sm text-ink-soft">
        {announcement}
      </p>
    </div>
  )
}
