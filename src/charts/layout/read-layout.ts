import type { MeasuredChart } from './build-layout-graph.ts'
import type { Box, ChartLayout, PlacedArrow, PlacedInitial } from './chart-layout.ts'
import type { TextBox } from './chart-text.ts'
import type { GraphPlaces } from './engine/layout-graph.ts'
import {
  type Arrow,
  listVisibleStates,
  type VisibleChart,
  type VisibleState,
} from './visible-chart.ts'

/** Reads the layout engine's answer to a graph. */
export function readLayout(
  { boxes, arrows, initials }: GraphPlaces,
  chart: VisibleChart,
  { stateTexts, arrowTexts }: MeasuredChart,
): ChartLayout {
  const getBox = ({ state }: VisibleState) => boxes[state.id] ?? emptyBox
  const mainStates = new Set([...chart.mainPaths.values()].flat())
  const readArrow = (arrow: Arrow): PlacedArrow[] => {
    const place = arrows[arrow.id]
    return place ? [{ arrow, text: arrowTexts.get(arrow) ?? noText, ...place }] : []
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

const emptyBox: Box = { x: 0, y: 0, width: 0, height: 0 }
const noText: TextBox = { width: 0, height: 0, blocks: [] }

function countAncestors({ parent }: VisibleState): number {
  return parent ? countAncestors(parent) + 1 : 0
}
