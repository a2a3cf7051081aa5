import { type ReactNode, useMemo, useRef } from 'react'
import type { Video } from '#contract/videos.ts'
import { useSelectionCommands } from '../change-selected.ts'
import type { ShownVideo } from '../fold-videos.ts'
import { useSelected } from '../selected-videos.ts'
import { DragLayer } from './drag-layer.tsx'
import { RubberBand } from './rubber-band.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useSelectionInput } from './use-selection-input.ts'

type SelectableVideosProps = {
  /** The page's chapters, in order. */
  chapterIds: readonly string[]
  isCollapsed: (chapterId: string) => boolean
  onExpand: (chapterId: string) => void
  /** Asks where to move videos. */
  onMove: (videos: readonly Video[]) => void
  /** Asks how to rename several videos. */
  onRename?: ((videos: readonly ShownVideo[]) => void) | undefined
  /** The chapters. */
  children: ReactNode
}

/**
 * Handles the presses and keys that select and drag rows, for all chapters of a page, so that rows
 * cost nothing.
 */
export function SelectableVideos(props: SelectableVideosProps) {
  const { isCollapsed, onExpand, onMove, onRename, children } = props
  const container = useRef<HTMLDivElement>(null)
  const key = props.chapterIds.join(' ')
  const chapterIds = useMemo(() => key.split(' ').filter(Boolean), [key])
  const commands = useSelectionCommands(chapterIds)
  const selected = useSelected(chapterIds)
  const { handleClick, handleKey } = useSelectionInput({
    commands,
    readOpenChapters: () => chapterIds.filter((id) => !isCollapsed(id)),
    onMove,
  })

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it handles events of rows with roles
    // biome-ignore lint/a11y/useKeyWithClickEvents: it handles keys before the rows do
    <div
      ref={container}
      data-selecting={selected.length > 0 || undefined}
      onClick={handleClick}
      onKeyDownCapture={handleKey}
    >
      {children}
      <DragLayer container={container} commands={commands} onExpand={onExpand} />
      <RubberBand chapterIds={chapterIds} />
      <SelectionBar
        selected={selected}
        commands={commands}
        onMove={() => onMove(selected)}
        onRename={onRename && (() => onRename(selected))}
      />
    </div>
  )
}
