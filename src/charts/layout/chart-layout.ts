import type { TextBox } from './chart-text.ts'
import type { Arrow, VisibleState } from './visible-chart.ts'

export type Direction = 'right' | 'down'

export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  width: number
  height: number
}

/** The places of everything in a chart, in px from its top left corner. */
export interface ChartLayout {
  width: number
  height: number
  states: PlacedState[]
  arrows: PlacedArrow[]
  initials: PlacedInitial[]
  /** A sentence that says what was left out to make the layout possible. */
  simplification?: string
}

export interface PlacedState {
  visible: VisibleState
  box: Box
  text: TextBox
  depth: number
  /** Whether it is on the main path of its frame. */
  isMain: boolean
}

export interface PlacedArrow {
  arrow: Arrow
  label: Box
  text: TextBox
  /** Whether it leads from one state of a main path straight to the next one. */
  isMain: boolean
  /** The line from the source to the label. */
  incoming: Point[]
  /** A line from the label to each target, where its arrowhead is. */
  outgoing: Point[][]
}

/** The dot and the arrow to the initial state of a compound state. */
export interface PlacedInitial {
  id: string
  dot: Box
  line: Point[]
}
