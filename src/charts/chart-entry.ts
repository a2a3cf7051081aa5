import type { AnyStateMachine } from 'xstate'
import type { Json } from './json.ts'

/** A machine that the chart page offers, with examples of what it is given, so that it can be simulated. */
export interface ChartEntry {
  title: string
  machine: AnyStateMachine
  input: Json
  /** What each event carries beside its type, by type. */
  payloads: Record<string, Record<string, Json>>
  /** What each actor may answer, by its name; the first one is offered first. */
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

/** What of the chart page a link carries. */
export interface ChartView {
  machine: string
  state: string | null
  mode: ChartMode
  direction: 'down' | 'right'
}
