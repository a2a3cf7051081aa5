import { useEffect, useEffectEvent, useState } from 'react'
import { BandOutline } from '#client/lib/rubber-band/band-outline.tsx'
import type { Box } from '#client/lib/rubber-band/box.ts'
import { isBlankPage, selectByBand } from '#client/lib/rubber-band/select-by-band.ts'
import type { BandPress, BandSelection } from '#client/lib/rubber-band/stretch-band.ts'
import { focusRow } from '../change-selected.ts'
import { findTouched, selectTouched } from '../rubber-band.ts'
import { useSelection } from '../selection.store.ts'
import { readRowLists } from './row-places.ts'

type RubberBandProps = {
  /** The page's chapters, in order. */
  chapterIds: readonly string[]
}

/** Draws a rubber band, and selects the rows that it touches. */
export function RubberBand({ chapterIds }: RubberBandProps) {
  const [band, setBand] = useState<Box | null>(null)
  const readLists = useEffectEvent(() => readRowLists(chapterIds))

  useEffect(
    () =>
      selectByBand({
        isBlank: isBlankPage,
        readOrigin: () => ({ x: -window.scrollX, y: -window.scrollY }),
        findTouched: (box) => findTouched(box, readLists()),
        begin: beginSelection,
        onChange: setBand,
      }),
    [],
  )

  return band && <BandOutline {...band} />
}

function beginSelection({ isAdding, focused }: BandPress): BandSelection {
  const { ids, anchorId, replace } = useSelection.getState()
  const before = { ids, anchorId }
  return {
    select: (touched) => replace(selectTouched(before, touched, isAdding)),
    // The row under the pointer takes the focus, as after a click.
    release: (last) => {
      if (last !== undefined) focusRow(last, { preventScroll: true })
    },
    cancel() {
      replace(before)
      // The press took the focus from the row, and the selection's keys need it there.
      if (focused instanceof HTMLElement && focused.matches('[data-video-id]')) {
        focused.focus({ preventScroll: true })
      }
    },
  }
}
