import { type KeyboardEvent, useState } from 'react'
import { Collection } from 'react-aria-components/Collection'
import { GridList } from 'react-aria-components/GridList'
import { DropIndicator, useDragAndDrop } from 'react-aria-components/useDragAndDrop'
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer'
import { flushSync } from 'react-dom'
import { findCommand } from '#client/lib/key-bindings.ts'
import type { MediaPick } from '#contract/videos.ts'
import { isolate } from '#shared/isolate.ts'
import { restoreFocusAfter } from '#ui/focus.ts'
import { pickKeys } from '../asset-keys.ts'
import { usePicker } from '../picker.store.ts'
import { PickRow } from './pick-row.tsx'

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
            {(row) => <PickRow {...row} count={picks.length} onStep={step} onRemove={remove} />}
          </Collection>
        </GridList>
      </Virtualizer>
      <p role="status" className="min-h-7 truncate px-3 py-1 text-sm text-ink-soft">
        {announcement}
      </p>
    </div>
  )
}
