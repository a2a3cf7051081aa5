import { useEffect, useEffectEvent, useState } from 'react'
import type { Box } from '../rubber-band.ts'
import { readRowLists } from './row-places.ts'
import { selectByBand } from './select-by-band.ts'

type RubberBandProps = {
  /** The page's chapters, in order. */
  chapterIds: readonly string[]
}

/** Selects the rows that a mouse drags around, and shows the box that it draws. */
export function RubberBand({ chapterIds }: RubberBandProps) {
  const [band, setBand] = useState<Box | null>(null)
  const readLists = useEffectEvent(() => readRowLists(chapterIds))

  useEffect(() => selectByBand({ readLists: () => readLists(), onChange: setBand }), [])

  if (!band) return null
  const { left, top, right, bottom } = band
  return (
    <div
      data-rubber-band
      className="pointer-events-none fixed z-10 rounded-xs border border-accent bg-accent/15 forced-colors:border-2 forced-colors:border-[Highlight] forced-colors:bg-transparent"
      style={{ left, top, width: right - left, height: bottom - top }}
    />
  )
}
