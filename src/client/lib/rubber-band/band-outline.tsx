import type { Box } from './box.ts'

/** A rubber band, positioned in the window. */
export const BandOutline = ({ left, top, right, bottom }: Box) => (
  <div
    data-rubber-band
    className="pointer-events-none fixed z-10 rounded-xs border border-accent bg-accent/15 forced-colors:border-2 forced-colors:border-[Highlight] forced-colors:bg-transparent"
    style={{ left, top, width: right - left, height: bottom - top }}
  />
)
