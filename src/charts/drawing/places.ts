import type { TextBlock, TextBox } from '../layout/chart-text.ts'
import type { Box, ChartLayout, Point } from '../layout/layout.ts'
import type { ChartMarks } from './marks.ts'

/** Where a state or a transition stands; undefined where a collapsed state hides it. */
export function placeOf(layout: ChartLayout, id: string | null): Box | undefined {
  if (id === null) return undefined
  const state = layout.states.find(({ visible }) => visible.state.id === id)
  return state?.box ?? rowsOf(layout).find((row) => row.id === id)?.box
}

/** Where the marks are that were not there before: the innermost states entered, then the transitions taken. */
export function newPlaces(layout: ChartLayout, marks: ChartMarks, before: ChartMarks): Box[] {
  const active = layout.states.filter(
    ({ visible: { state, children } }) => children.length === 0 && marks.active.has(state.id),
  )
  const entered = active.filter(({ visible: { state } }) => !before.active.has(state.id))
  const taken = rowsOf(layout).filter(({ id }) => marks.taken.has(id))
  const news = [...entered, ...taken]
  return (news.length > 0 ? news : active).map(({ box }) => box)
}

/** The least box that holds some points or boxes. */
export function boxAround(parts: (Point | Box)[]): Box {
  const [left, top] = [Math.min(...parts.map(({ x }) => x)), Math.min(...parts.map(({ y }) => y))]
  const right = Math.max(...parts.map((part) => part.x + ('width' in part ? part.width : 0)))
  const bottom = Math.max(...parts.map((part) => part.y + ('height' in part ? part.height : 0)))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The words of each transition that is shown: rows of a label, or lines in a state's box, which may be much wider. */
function rowsOf({ states, arrows }: ChartLayout): { id: string; box: Box }[] {
  return [
    ...states.flatMap(({ text, box }) => rowsIn(text, box, widthOfWords)),
    ...arrows.flatMap(({ text, label }) => rowsIn(text, label, () => label.width)),
  ]
}

const widthOfWords = ({ lines }: TextBlock) => Math.max(...lines.map(({ x, width }) => x + width))

function rowsIn({ blocks }: TextBox, { x, y }: Point, widthOf: (block: TextBlock) => number) {
  return blocks.flatMap((block) => {
    const box = { x, y: y + block.y, width: widthOf(block), height: block.height }
    return block.transitionId === null ? [] : [{ id: block.transitionId, box }]
  })
}
