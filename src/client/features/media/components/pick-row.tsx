import { Button as DragButton } from 'react-aria-components/Button'
import { GridListItem } from 'react-aria-components/GridList'
import type { MediaPick } from '#contract/videos.ts'
import { formatDuration } from '#shared/duration.ts'
import { isolate } from '#shared/isolate.ts'
import { IconButton } from '#ui/button.tsx'
import { ChevronIcon, CloseIcon, GripIcon } from '#ui/icons.tsx'

type PickRowProps = Pick<MediaPick, 'filename' | 'durationSeconds'> & {
  id: string
  /** Its place among the picks, from 1. */
  number: number
  count: number
  onStep: (id: string, side: 'before' | 'after') => void
  onRemove: (id: string) => void
}

/** A pick, with a handle and buttons to move it and a button to remove it. */
export function PickRow(props: PickRowProps) {
  const { id, number, count, filename, durationSeconds, onStep, onRemove } = props
  return (
    <GridListItem
      id={id}
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
      <span className="text-sm text-ink-soft tabular-nums">{formatDuration(durationSeconds)}</span>
      <IconButton
        size="small"
        label={`Move ${isolate(filename)} up`}
        icon={<ChevronIcon className="rotate-180" />}
        aria-disabled={number === 1}
        onClick={() => onStep(id, 'before')}
      />
      <IconButton
        size="small"
        label={`Move ${isolate(filename)} down`}
        icon={<ChevronIcon />}
        aria-disabled={number === count}
        onClick={() => onStep(id, 'after')}
      />
      <IconButton
        size="small"
        label={`Remove ${isolate(filename)}`}
        icon={<CloseIcon />}
        onClick={() => onRemove(id)}
      />
    </GridListItem>
  )
}
