import type { Box, ChartLayout, Point } from '../layout/chart-layout.ts'
import type { TextBlock, TextBox } from '../layout/chart-text.ts'
import type { ChartMarks } from './marks.ts'

/** Finds the box of a state or a transition; undefined if it is inside a collapsed state. */
export function findBox(layout: ChartLayout, id: string | null): Box | undefined {
  if (id === null) return undefined
  const state = layout.states.find(({ visible }) => visible.state.id === id)
  return state?.box ?? listRows(layout).find((row) => row.id === id)?.box
}

/**
 * Finds the boxes of the innermost states that an actor entered, then of the transitions that it
 * took. If there are none, returns the boxes of all innermost active states.
 */
export function findNewBoxes(layout: ChartLayout, marks: ChartMarks, before: ChartMarks): Box[] {
  const active = layout.states.filter(
    ({ visible: { state, children } }) => children.length === 0 && marks.active.has(state.id),
  )
  const entered = active.filter(({ visible: { state } }) => !before.active.has(state.id))
  const taken = listRows(layout).filter(({ id }) => marks.taken.has(id))
  const changed = [...entered, ...taken]
  return (changed.length > 0 ? changed : active).map(({ box }) => box)
}

/** Computes the bounding box of points and boxes. */
export function computeBounds(parts: (Point | Box)[]): Box {
  const [left, top] = [Math.min(...parts.map(({ x }) => x)), Math.min(...parts.map(({ y }) => y))]
  const right = Math.max(...parts.map((part) => part.x + ('width' in part ? part.width : 0)))
  const bottom = Math.max(...parts.map((part) => part.y + ('height' in part ? part.height : 0)))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/**
 * Lists the boxes of the transitions: rows of a label, or lines of text in a state's box, which may
 * be much wider than they are.
 */
function listRows({ states, arrows }: ChartLayout): { id: string; box: Box }[] {
  return [
    ...states.flatMap(({ text, box }) => toRows(text, box, measureLines)),
    ...arrows.flatMap(({ text, label }) => toRows(text, label, () => label.width)),
  ]
}

const measureLines = ({ lines }: TextBlock) => Math.max(...lines.map(({ x, width }) => x + width))

function toRows({ blocks }: TextBox, { x, y }: Point, getWidth: (block: TextBlock) => number) {
  return blocks.flatMap((block) => {
    const box = { x, y: y + block.y, width: getWidth(block), height: block.height }
    return block.transitionId === null ? [] : [{ id: block.transitionId, box }]
  })
}
