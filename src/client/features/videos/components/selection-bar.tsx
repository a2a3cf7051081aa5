import { type ReactNode, useRef } from 'react'
import { Toolbar } from 'react-aria-components/Toolbar'
import { FloatingBar } from '#client/lib/floating-bar.tsx'
import { formatCount } from '#shared/count.ts'
import { Button, IconButton } from '#ui/button.tsx'
import { restoreFocusAfter } from '#ui/focus.ts'
import { CloseIcon, MoveIcon, PencilIcon, RetryIcon, TrashIcon } from '#ui/icons.tsx'
import { focusRow, type SelectionCommands } from '../change-selected.ts'
import type { ShownVideo } from '../fold-videos.ts'
import { useSelection } from '../selection.store.ts'

type SelectionBarProps = {
  selected: readonly ShownVideo[]
  commands: SelectionCommands
  onMove: () => void
  onRename: (() => void) | undefined
}

/** The number of selected videos, and actions on them. */
export function SelectionBar({ selected, ...props }: SelectionBarProps) {
  const text = selected.length > 0 ? `${formatCount(selected.length, 'video')} selected` : ''
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {text}
      </p>
      {selected.length > 0 && (
        <FloatingBar label="Selection">
          <Bar selected={selected} {...props} />
        </FloatingBar>
      )}
    </>
  )
}

function Bar({ selected, commands, onMove, onRename }: SelectionBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  // The button disappears once no failed video is left.
  const retry = () =>
    restoreFocusAfter(commands.retry, () => bar.current?.querySelector('button') ?? null)
  const canRetry = commands.readRetryable().length > 0
  const clear = () => {
    useSelection.getState().clear()
    if (selected[0]) focusRow(selected[0].id)
  }
  return (
    <Toolbar
      ref={bar}
      aria-label="Selected videos"
      className="pointer-events-auto in-data-dragging:pointer-events-none in-data-dragging:opacity-50 in-data-banding:opacity-50 flex w-fit max-w-full animate-appear items-center gap-1 rounded-lg border border-line bg-raised p-1.5 pl-3 shadow-floating max-sm:gap-0"
    >
      <p className="mr-2 whitespace-nowrap tabular-nums">
        <span>{selected.length}</span> <span className="max-sm:sr-only">selected</span>
      </p>
      <BarButton label="Move to…" icon={<MoveIcon />} onClick={onMove} />
      {onRename && <BarButton label="Rename…" icon={<PencilIcon />} onClick={onRename} />}
      {canRetry && <BarButton label="Retry" icon={<RetryIcon />} onClick={retry} />}
      <BarButton label="Remove" icon={<TrashIcon />} onClick={commands.remove} />
      <IconButton size="small" label="Clear selection" icon={<CloseIcon />} onClick={clear} />
    </Toolbar>
  )
}

type BarButtonProps = { label: string; icon: ReactNode; onClick: () => void }

const BarButton = ({ label, icon, onClick }: BarButtonProps) => (
  <Button
    size="small"
    variant="quiet"
    icon={<span className="contents max-sm:hidden">{icon}</span>}
    onClick={onClick}
  >
    {label}
  </Button>
)
