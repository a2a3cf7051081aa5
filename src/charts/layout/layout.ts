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

/** Where everything of a chart stands, in px from its top left corner. */
export interface ChartLayout {
  width: number
  height: number
  states: PlacedState[]
  arrows: PlacedArrow[]
  initials: PlacedInitial[]
}

export interface PlacedState {
  visible: VisibleState
  box: Box
  text: TextBox
  depth: number
}

export interface PlacedArrow {
  arrow: Arrow
  label: Box
  text: TextBox
  /** The line to the label, and from there one to each target, whose end has the head. */
  incoming: Point[]
  outgoing: Point[][]
}

/** The dot from which a compound state's first child is entered. */
export interface PlacedInitial {
  id: string
  dot: Box
  line: Point[]
}
