import type { MeasuredChart } from './build-layout-graph.ts'
import type { Box, ChartLayout, PlacedArrow, PlacedInitial } from './chart-layout.ts'
import type { TextBox } from './chart-text.ts'
import type { GraphPlaces } from './engine/graph.ts'
import {
  type Arrow,
  listVisibleStates,
  type VisibleChart,
  type VisibleState,
} from './visible-chart.ts'

/** Converts the layout engine's result to a chart layout. */
export function readLayout(
  { boxes, arrows, initials }: GraphPlaces,
  chart: VisibleChart,
  { stateTexts, arrowTexts }: MeasuredChart,
): ChartLayout {
  const getBox = ({ state }: VisibleState) => boxes[state.id] ?? emptyBox
  const mainStates = findMainStates(chart)
  const readArrow = (arrow: Arrow): PlacedArrow[] => {
    const place = arrows[arrow.id]
    if (!place) return []
    const isMain = place.isMain && mainStates.has(arrow.source)
    return [{ arrow, text: arrowTexts.get(arrow) ?? noText, ...place, isMain }]
  }
  const readInitial = ({ state }: VisibleState): PlacedInitial[] => {
    const initial = initials[state.id]
    return initial ? [{ id: state.id, ...initial }] : []
  }
  const states = listVisibleStates(chart.root)
  const { width, height } = getBox(chart.root)
  return {
    width,
    height,
    states: states.map((visible) => ({
      visible,
      box: getBox(visible),
      text: stateTexts.get(visible) ?? noText,
      depth: countAncestors(visible),
      isMain: mainStates.has(visible),
    })),
    arrows: chart.arrows.flatMap(readArrow),
    initials: states.flatMap(readInitial),
  }
}

/** Finds the states on main paths, except inside states that are off the main path themselves. */
function findMainStates({ root, mainPaths }: VisibleChart): Set<VisibleState> {
  const main = new Set([root])
  for (const frame of listVisibleStates(root)) {
    if (!main.has(frame)) continue
    const isParallel = frame.state.kind === 'parallel'
    for (const child of isParallel ? frame.children : (mainPaths.get(frame) ?? [])) main.add(child)
  }
  // Neither regions nor the root are steps of a path.
  return new Set(
    [...main].filter(({ parent }) => parent !== null && parent.state.kind !== 'parallel'),
  )
}

const emptyBox: Box = { x: 0, y: 0, width: 0, height: 0 }
const noText: TextBox = { width: 0, height: 0, blocks: [] }

function countAncestors({ parent }: VisibleState): number {
  return parent ? countAncestors(parent) + 1 : 0
}
