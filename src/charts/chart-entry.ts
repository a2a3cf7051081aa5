import type { AnyStateMachine } from 'xstate'
import type { Json } from './json.ts'

/** A machine that the chart page offers, with example data to simulate it. */
export interface ChartEntry {
  title: string
  machine: AnyStateMachine
  input: Json
  /** An example payload for each event, by event type. */
  payloads: Record<string, Record<string, Json>>
  /** The outputs that each actor may return, by its name, in the order to offer them. */
  outputs: Record<string, Json[]>
}

export type ChartMode = 'read' | 'live' | 'simulate' | 'coverage' | 'replay'

export const chartModes: Record<ChartMode, string> = {
  read: 'Read',
  live: 'Live',
  simulate: 'Simulate',
  coverage: 'Coverage',
  replay: 'Replay',
}

/** The state of the chart page that a link stores. */
export interface ChartView {
  machine: string
  state: string | null
  mode: ChartMode
  direction: 'down' | 'right'
}
