import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { SelectionCommands } from '../change-selected.ts'
import { describeVideos } from '../describe-videos.ts'
import type { ShownVideo } from '../fold-videos.ts'
import type { MoveTarget } from '../move-videos.ts'
import { useSelection } from '../selection.store.ts'
import { dragVideos } from './drag-videos.ts'
import { holdFocus } from './hold-focus.ts'
import type { Drag } from './row-drag.ts'

type DragLayerProps = {
  /** Contains the chapters. */
  container: RefObject<HTMLElement | null>
  commands: SelectionCommands
  /** Expands a chapter that a drag rests on. */
  onExpand: (chapterId: string) => void
}

/** Makes the rows of a page draggable, and shows what is dragged and where it would go. */
export function DragLayer({ container, commands, onExpand }: DragLayerProps) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const [announcement, setAnnouncement] = useState('')

  const readDragged = useEffectEvent((videoId: string) => {
    if (useSelection.getState().ids.has(videoId)) return commands.read()
    return commands.readPage().filter(({ id }) => id === videoId)
  })
  const readRows = useEffectEvent((chapterId: string) => commands.readRows(chapterId))
  const expand = useEffectEvent((chapterId: string) => onExpand(chapterId))
  const drop = useEffectEvent((videos: readonly ShownVideo[], place: MoveTarget | null) => {
    if (!place) return setAnnouncement('Not moved')
    const restoreFocus = holdFocus()
    // The notice of a move announces it.
    commands.move(videos, place)
    restoreFocus(place.chapterId)
    setAnnouncement('')
  })

  useEffect(() => {
    if (!container.current) return
    return dragVideos(container.current, {
      readDragged,
      readRows,
      onChange: setDrag,
      onSpringOpen: expand,
      onEnd: drop,
    })
  }, [container])

  return (
    <>
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
      {drag?.target && (
        <div
          data-drop-indicator
          className={`pointer-events-none fixed z-30 ${drag.target.isHeading ? 'rounded-xl outline-2 -outline-offset-2 outline-accent' : 'bg-accent outline-1 outline-accent'}`}
          style={drag.target.box}
        />
      )}
      {drag && (
        <p
          data-drag-preview
          className="pointer-events-none fixed top-0 left-0 z-50 max-w-64 truncate rounded-md bg-accent-solid px-3 py-1.5 font-medium text-on-accent shadow-floating"
          style={{ transform: `translate(${drag.x + 12}px, ${drag.y + 8}px)` }}
        >
          {describeVideos(drag.videos)}
        </p>
      )}
    </>
  )
}
