import { useState } from 'react'
import type { Chart } from './chart.ts'
import { buildVisibleChart } from './layout/build-visible-chart.ts'
import { listVisibleStates } from './layout/visible-chart.ts'

/** Holds the reader's choice, per state, between named exits and lines. */
export function useExits(chart: Chart) {
  const [exits, setExits] = useState<ReadonlyMap<string, boolean>>(new Map())
  return {
    exits,
    /** Whether transitions to a state are named exits; null if there is no choice. */
    isExit: (id: string) => findExit(chart, exits, id),
    chooseExit: (id: string, isExit: boolean) => setExits(new Map(exits).set(id, isExit)),
  }
}

const nothing: ReadonlySet<string> = new Set()

function findExit(chart: Chart, exits: ReadonlyMap<string, boolean>, id: string): boolean | null {
  const { root, arrows } = buildVisibleChart(chart, nothing, exits)
  const state = listVisibleStates(root).find((visible) => visible.state.id === id)
  if (!state) return null
  if (state.entrances > 0) return true
  return arrows.some(({ targets }) => targets.length === 1 && targets[0] === state) ? false : null
}
