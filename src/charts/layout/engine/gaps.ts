/** Distances in px. */
export const gaps = {
  /** Between parallel lines. */
  lane: 8,
  /** Between a box and the lanes above it: room for an arrowhead. */
  head: 22,
  /** Between a box and a label that its arrow leads to. */
  arrow: 14,
  /** Between labels, and between successive paths beside the same state. */
  label: 8,
  /** Between a box's corner and its first line. */
  inset: 6,
  /** Inside a frame. */
  frame: 18,
  /** Between the ends of lines at the top of a box. */
  port: 10,
  /** The size of the dot before an initial state. */
  dot: 10,
} as const
